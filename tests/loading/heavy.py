"""Inspections made to cost time and memory. Run as a script with names of cases, it scores them."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from plsp_audit.cli import app
from plsp_audit.loading.limits import MAX_BYTES
from tests.peak import peak_megabytes

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
    "keys of the site nobody knows": lambda: fill(
        lambda n: f"  k{n}: {n}\n", HEAD.replace("site: {id: a, name: 甲, tier: station}\n", "") + "site:\n"
    ),
    "judgements of rules nobody knows": lambda: fill(lambda n: f"  R{n}: {{points: {n}}}\n", HEAD + "judgements:\n"),
    "judgements that are none": lambda: fill(lambda n: f"  R{n}: x\n", HEAD + "judgements:\n"),
    "judgements with keys nobody knows": lambda: fill(
        lambda n: f"{{a{n}: 1, b: 2, c: 3}}, ", HEAD + "judgements: {R5: [", "]}\n", 150_000
    ),
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
        HEAD + "facts:\n  试验明细:\n",
        "",
        4_900,
    ),
    "one row of many fields": lambda: fill(lambda n: f"栏{n}: 1, ", HEAD + "facts: {试验明细: [{", "}]}\n"),
    "many good rows": lambda: fill(lambda n: f"    - {{栏数: {n}}}\n", HEAD + "facts:\n  试验明细:\n", "", 5_000),
}


NUMBERS = [
    "1e999999999",
    "9" * 100_000,
    "0." + "9" * 100_000,
    "1/" + "7" * 100_000,
    "9" * 40,
    "-" * 50_000,
    "10**100000",
    "1_000",
    "NaN",
    "\u221e",
    "1" + "\u0301" * 100_000,
    "\u0663\u0664",
    "2/0",
]
DAYS = ["9999-12-31", "0000-01-01", "0001-01-01", "10000-01-01", "9999-12", "2018-00-10", "9" * 100_000]
CASES["numbers without end"] = lambda: (
    HEAD
    + "facts:\n  试验明细:\n"
    + "".join(f'    - {{栏数: "{number}"}}\n' for number in NUMBERS)
    + "self_scores:\n"
    + "".join(f'  R{row}: "{number}"\n' for row, number in enumerate(NUMBERS[:9], start=1))
)
CASES["days at the ends of time"] = lambda: (
    HEAD.replace("2018-10-23", "9999-12-31")
    + (
        "facts: {试验是否: 否, 试验数: 1, 试验明细: ["
        + ", ".join(f'{{栏日: "{day}"}}' for day in DAYS[:1])
        + "]}\nwaivers: [{rule: R1, reason: x, until: 9999-12-31}]\n"
    )
)
CASES["days that are none"] = lambda: (
    HEAD + "facts:\n  试验明细:\n" + "".join(f'    - {{栏日: "{day}"}}\n' for day in DAYS)
)
CASES["marks upon marks"] = lambda: (
    HEAD.replace("甲", "a" + "\u0301" * 150)
    + (f"facts: {{试验文字: a{chr(0x301) * 4990}}}\nnotes: {{R1: b{chr(0x301) * 4990}, R2: c{chr(0x301) * 100_000}}}\n")
)

RULE = "rules:\n  - {id: R1, title: 是否, dimension: d, points: %s, clause: 一, check: %s}\n"


def nested(check: str, times: int, pattern: str) -> str:
    """Put a check into a pattern again and again."""
    for _ in range(times):
        check = pattern.replace("X", check)
    return check


STANDARD_CASES: dict[str, Callable[[], str]] = {
    "points without end": lambda: RULE % ("9" * 39, "p.yes"),
    "points of a huge denominator": lambda: RULE % ("1/" + "9" * 37, "p.yes"),
    "points that are a power": lambda: RULE % ("1e999999999", "p.yes"),
    "checks in checks": lambda: RULE % ("1", nested("p.yes", 11, "{any: [X, {all: [X]}]}")),
    "deep checks": lambda: RULE % ("1", nested("p.yes", 40, "{not: X}")),
    "a wide check": lambda: RULE % ("1", f"{{all: [{', '.join(['p.yes'] * 20_000)}]}}"),
    "a name of many pieces": lambda: RULE % ("1", f'{{fact: p.text, named: "{"[a]" * 100}"}}'),
    "a name of twelve pieces": lambda: RULE % ("1", f'{{fact: p.text, named: "{"[a]" * 12}"}}'),
    "days beyond days": lambda: RULE % ("1", f"{{fact: p.date, within_days: {'9' * 30}, of: p.date}}"),
    "many rules": lambda: (
        "rules:\n"
        + "".join(
            f"  - {{id: R{n}, title: x, dimension: d, points: 1, clause: 一, check: p.yes}}\n" for n in range(5000)
        )
    ),
    "many fractions": lambda: (
        "rules:\n"
        + "".join(
            f"  - {{id: R{n}, title: x, dimension: d, points: 1/{10**30 + 2 * n + 1}, clause: 一, check: p.yes}}\n"
            for n in range(1000)
        )
    ),
    "many steps": lambda: (
        RULE.replace("check: %s", "award: {over: p.num, steps: [%s]}")
        % ("5", ", ".join(f"[{20_000 - n}, 0.{20_000 - n:05d}]" for n in range(20_000)))
    ),
}


def main(folder: Path, names: list[str]) -> None:
    """Score cases one after the other; print exit code, seconds, and the megabytes that were taken so far."""
    # Two gigabytes are far more than is allowed; the limits keep a mistake from freezing the machine.
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (150, 150))
    path, home = folder / "case.yaml", folder / "standards"
    shutil.copytree(STANDARDS, home)
    good = (home / "trial" / "station.yaml").read_text(encoding="utf-8")
    for name in names:
        rules = STANDARD_CASES[name]() if name in STANDARD_CASES else good
        (home / "trial" / "station.yaml").write_text(rules, encoding="utf-8")
        site = CASES[name]() if name in CASES else HEAD + f"facts: {{试验文字: {'a' * 4000}b}}\n"
        path.write_text(site, encoding="utf-8")
        del rules, site
        start = time.process_time()
        code = app.run(["score", "--json", "--standards", str(home), str(path)])
        seconds = round(time.process_time() - start, 2)
        peak = peak_megabytes()
        print(json.dumps({"case": name, "code": int(code), "seconds": seconds, "peak": peak}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
