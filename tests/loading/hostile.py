"""Files made to break a reader. Run as a script with names of cases, it reads them in one small process."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.model.problem import InputError
from tests.peak import peak_megabytes


def fill(piece: str, head: str = "", tail: str = "") -> str:
    """Repeat `piece` up to the largest file that is read."""
    room = MAX_BYTES - len((head + tail).encode())
    return head + piece * (room // len(piece.encode())) + tail


CASES: dict[str, Callable[[], str | bytes]] = {
    "brackets": lambda: "[" * 200_000,
    "brackets in mappings": lambda: "{a: " * 200_000,
    "brackets on lines": lambda: "[\n" * 200_000,
    "dashes": lambda: fill("- "),
    "question marks": lambda: fill("? "),
    "question mark lines": lambda: fill("? a\n"),
    "colons": lambda: fill(": "),
    "one long word": lambda: fill("x", "a: "),
    "one long Chinese word": lambda: fill("甲", "a: "),
    "one long line of colons": lambda: fill("x:", "a: "),
    "one long line of marks": lambda: fill(" #", "a: "),
    "one long line of spaces": lambda: fill(" ", "a: ", "x"),
    "an open quote": lambda: fill("x", 'a: "'),
    "escapes": lambda: fill("\\x41", 'a: "', '"'),
    "a long list": lambda: fill("b, ", "a: [", "]"),
    "a long open list": lambda: fill("b, ", "a: ["),
    "empty lists": lambda: fill("[],", "a: [", "]"),
    "small mappings": lambda: fill("{a},", "a: [", "]"),
    "full-width colons": lambda: fill("甲：乙\n"),
    "one line of full-width colons": lambda: fill("甲："),
    "Chinese quotes": lambda: fill("a: “\n"),
    "a million keys": lambda: "".join(f"{number:x}:\n" for number in range(1_000_000))[:MAX_BYTES],
    "many keys": lambda: "".join(f"k{number:x}: v{number}\n" for number in range(240_000)),
    "many rows": lambda: "a:\n" + "".join(f"- {{a: {number}}}\n" for number in range(199_000)),
    "one key a million times": lambda: fill("a: 1\n"),
    "every fault": lambda: fill("a: &x !!str 1\n"),
    "anchors": lambda: "".join(f"- &a{number} [*a{max(number - 1, 0)}]\n" for number in range(180_000)),
    "an alias bomb": lambda: "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 40)),
    "empty lines": lambda: fill("\n", "", "a"),
    "comments": lambda: fill("#x\n", "", "a: 1"),
    "a block of text": lambda: fill("  x\n", "a: |\n"),
    "a broken text": lambda: fill("  x\n", "a:\n", "  b: c\n: d"),
    "documents": lambda: fill("---\n"),
    "tags": lambda: fill("!!a "),
    "tag handles": lambda: "".join(f"%TAG !a{number}! x\n" for number in range(250_000)),
    "line separators": lambda: fill("a: b\u2028\n"),
    "lost comments": lambda: fill("- a #3\n"),
    "steps": lambda: "\n".join(" " * number + "a:" for number in range(3000)),
    "GB18030": lambda: ("a: " + "甲" * 2_600_000).encode("gb18030"),
    "junk": lambda: bytes(range(1, 256)) * (MAX_BYTES // 255),
    "broken UTF-8": lambda: ("甲" * 1_700_000).encode() + b"\xff",
    "json brackets": lambda: "[" * 200_000,
    "json mappings": lambda: '{"a":' * 200_000,
    "json list": lambda: fill("1,", "[", "1]"),
    "json long list": lambda: "[" + ",".join(f'"{number}"' for number in range(400_000)) + "]",
    "json empty lists": lambda: fill("[],", "[", "1]"),
    "json keys": lambda: "{" + ",".join(f'"{number}":{number}' for number in range(240_000)) + "}",
    "json one key": lambda: fill('"a":1,', "{", '"a":1}'),
    "json number": lambda: "1" * MAX_BYTES,
    "json open string": lambda: fill("x", '"'),
    "json escapes": lambda: fill("\\u4e2d", '"', '"'),
    "json spaces": lambda: fill(" ", "", "1"),
}


def main(names: list[str]) -> None:
    # Two gigabytes are far more than is allowed; the limit keeps a mistake from freezing the machine.
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    for name in names:
        made = CASES[name]()
        data = made if isinstance(made, bytes) else made.encode()
        del made
        began = time.process_time()
        try:
            read = read_bytes(data, "f", "json" if name.startswith("json") else "yaml")
            read.place(("a", 5, "b"))
            said = "read"
        except InputError as error:
            said = error.problems[-1].code
        peak = peak_megabytes()
        print(json.dumps([name, said, round(time.process_time() - began, 2), peak]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
