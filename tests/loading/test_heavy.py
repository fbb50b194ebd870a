"""Inspections and standards made to cost time and memory, each scored in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.loading.heavy import CASES, STANDARD_CASES

# The costliest of each kind; the others are there to be run by hand: python -m tests.loading.heavy FOLDER NAME...
WORST = [
    "judgements of rules nobody knows",
    "waivers of nothing",
    "one long choice",
    "numbers without end",
    "days at the ends of time",
    "days that are none",
    "marks upon marks",
    *(name for name in STANDARD_CASES if name != "many rules"),
]
MAX_SECONDS = 10.0
MAX_MEGABYTES = 200


def run(names: list[str], root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.loading.heavy", str(tmp_path), *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200, cwd=root, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"case"')]
    assert [one["case"] for one in told] == names
    assert set(names) <= {*CASES, *STANDARD_CASES}
    for one in told:
        assert one["code"] in (0, 3), one
        assert one["seconds"] < MAX_SECONDS, one
        assert one["peak"] < MAX_MEGABYTES, one


def test_the_worst_inputs_cost_little(root: Path, tmp_path: Path) -> None:
    run(WORST, root, tmp_path)
