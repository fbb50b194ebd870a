"""How long `plsp-audit --version` takes, against an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROUNDS = 25
LIMIT = 2.0


def _once(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return time.perf_counter() - began


def _script() -> list[str]:
    """Give the command as installed beside this interpreter, else the module."""
    for name in ("plsp-audit", "plsp-audit.exe"):
        path = Path(sys.executable).with_name(name)
        if path.is_file():
            return [str(path)]
    return [sys.executable, "-m", "plsp_audit"]


def measure() -> list[tuple[str, float, float]]:
    """Give name, ratio and limit; the two commands take turns, so that a busy machine slows both alike."""
    command, nothing = [*_script(), "--version"], [sys.executable, "-c", "pass"]
    _once(command)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(_once(nothing))
        ours.append(_once(command))
    return [("start-up: --version / python -c pass", median(ours) / median(theirs), LIMIT)]


def main() -> int:
    """Print the ratio; 1 when it is over the limit."""
    over = False
    for name, ratio, limit in measure():
        print(f"{name}: {ratio:.2f} (limit {limit:.2f})")
        over = over or ratio > limit
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
