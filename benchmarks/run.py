"""Run every benchmark beside this file and hold each ratio against its limit.

A benchmark is a module with `measure() -> list[tuple[str, float, float]]`: name, ratio, the limit it must not exceed.
Only ratios within one run are compared, since absolute times say more about the machine than about the code.

usage: python benchmarks/run.py [NAME...]
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))


def load(path: Path) -> ModuleType:
    """Import one benchmark by its path; registered, so that dataclasses and worker processes find it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path.name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def found(names: list[str]) -> list[Path]:
    """Give the benchmarks to run: those named, else all."""
    paths = [path for path in sorted(HERE.glob("*.py")) if path.name != Path(__file__).name]
    unknown = sorted(set(names) - {path.stem for path in paths})
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(path.stem for path in paths)}")
    return [path for path in paths if not names or path.stem in names]


def main(argv: list[str] | None = None) -> int:
    """Print a table; 1 when a ratio is over its limit."""
    over = False
    print(f"{'benchmark':<56} {'ratio':>8} {'limit':>8}  ok", flush=True)
    for path in found(sys.argv[1:] if argv is None else argv):
        measure = getattr(load(path), "measure", None)
        for name, ratio, limit in measure() if measure else ():
            good = ratio <= limit
            over = over or not good
            print(f"{name:<56} {ratio:>8.3f} {limit:>8.3f}  {'yes' if good else 'NO'}", flush=True)
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
