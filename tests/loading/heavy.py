"""Inspections made to cost time and memory. Run as a script, it scores one of them and tells what that took."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from plsp_audit.cli import app
from plsp_audit.loading.limits import MAX_BYTES

STANDARDS = Path(__file__).parent / "standards"
HEAD = "plsp: site/1\nsite: {id: a, name: 甲, tier: station}\nstandard: trial\ninspection: {date: 2018-10-23}\n"


def fill(piece: Callable[[int], str], head: str, tail: str = "", most: int = 120_000) -> str:
    """Give numbered pieces between `head` and `tail`, up to the largest file that is read."""
    room = MAX_BYTES - len((head + tail).encode()) - 100
    made, size = [], 0
    for number in range(most):
        one = piece(number)
        size += len(one.encode())
        if size > room:
            break
        made.append(one)
    return head + "".join(made) + tail


CASES: dict[str, Callable[[], str]] = {
    "facts nobody knows": lambda: fill(lambda n: f"  f{n}: {n}\n", HEAD + "facts:\n"),
    "facts that are nearly known": lambda: fill(lambda n: f"  试验数{n}: {n}\n", HEAD + "facts:\n"),
    "keys nobody knows": lambda: fill(lambda n: f"k{n}: {n}\n", HEAD),
    "keys of the site nobody knows": lambda: fill(lambda n: f"  k{n}: {n}\n", HEAD.replace(
        "site: {id: a, name: 甲, tier: station}\n", "") + "site:\n"),
    "judgements of rules nobody knows": lambda: fill(lambda n: f"  R{n}: {{points: {n}}}\n", HEAD + "judgements:\n"),
    "judgements that are none": lambda: fill(lambda n: f"  R{n}: x\n", HEAD + "judgements:\n"),
    "judgements with keys nobody knows": lambda: fill(
        lambda n: f"{{a{n}: 1, b: 2, c: 3}}, ", HEAD + "judgements: {R5: [", "]}\n", 150_000),
    "own scores that are no numbers": lambda: fill(lambda n: f"  R{n}: x\n", HEAD + "self_scores:\n"),
    "evidence outside": lambda: fill(lambda n: f"../{n}, ", HEAD + "evidence: {R1: [", "]}\n"),
    "notes on nothing": lambda: fill(lambda n: f"  x{n}: y\n", HEAD + "notes:\n"),
    "waivers of nothing": lambda: fill(lambda n: f"  - {{rule: x{n}}}\n", HEAD + "waivers:\n", "", 150_000),
    "empty waivers": lambda: fill(lambda n: "-\n", HEAD + "waivers:\n"),
    "many inspectors": lambda: fill(lambda n: f"a{n}、", HEAD.replace("23}", "23, inspectors: "), "}\n"),
    "one long note": lambda: fill(lambda n: "字" * 100, HEAD + "notes: {R1: ", "}\n"),
    "one long text": lambda: fill(lambda n: "字" * 100, HEAD + "facts: {试验文字: ", "}\n"),
    "one long number": lambda: fill(lambda n: "9" * 100, HEAD + "facts: {试验数: ", "}\n"),
    "one long date": lambda: fill(lambda n: "9" * 100, HEAD + "facts: {试验日期: ", "}\n"),
    "one long choice": lambda: fill(lambda n: "甲 " * 100, HEAD + "facts: {试验单选: ", "}\n"),
    "one long key": lambda: fill(lambda n: "字" * 100, HEAD + "facts:\n  ", ": 1\n"),
    "long keys": lambda: fill(lambda n: f"  {n}{'字' * 900}: 1\n", HEAD + "facts:\n"),
    "members that are not offered": lambda: fill(lambda n: f"甲选{n}, ", HEAD + "facts: {试验多选: [", "]}\n"),
    "members in one text": lambda: fill(lambda n: f"甲选{n}、", HEAD + "facts: {试验多选: ", "}\n"),
    "counts of nothing": lambda: fill(lambda n: f"甲机{n}: x, ", HEAD + "facts: {试验清单: {", "}}\n"),
    "too many rows": lambda: fill(lambda n: f"    - {{栏数: {n}}}\n", HEAD + "facts:\n  试验明细:\n", "", 150_000),
    "rows full of faults": lambda: fill(
        lambda n: f"    - {{栏数: x{n}, 栏选: y, 栏三{n}: z, 栏四: 1, 栏五: 2, 栏六: 3, 栏七: 4}}\n",
        HEAD + "facts:\n  试验明细:\n", "", 4_900),
    "one row of many fields": lambda: fill(lambda n: f"栏{n}: 1, ", HEAD + "facts: {试验明细: [{", "}]}\n"),
    "many good rows": lambda: fill(lambda n: f"    - {{栏数: {n}}}\n", HEAD + "facts:\n  试验明细:\n", "", 5_000),
}


def main(name: str, folder: str) -> None:
    """Score one case in this process; print its exit code, seconds and the megabytes that it took."""
    small = Path(folder) / "small.yaml"
    small.write_text(HEAD + "facts: {试验数: x}\n", encoding="utf-8")
    path = Path(folder) / "case.yaml"
    path.write_text(CASES[name](), encoding="utf-8")
    args = ["score", "--json", "--standards", str(STANDARDS)]
    app.run([*args, str(small)])
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    code = app.run([*args, str(path)])
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"code": int(code), "seconds": seconds, "grown": grown,
                      "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
