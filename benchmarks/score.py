"""Reading, validating and scoring inspections, against PyYAML's CSafeLoader that only parses the same files."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FILES = 150
ROUNDS = 7
LIMIT = 0.5


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ratio(standard: str, tier: str) -> float:
    """Give the median over the rounds of our time ÷ CSafeLoader's, the two measured in turn."""
    import yaml

    from benchmarks.sites import write_sites
    from plsp_audit.batch.desk import Desk
    from plsp_audit.loading.packs import Library
    from plsp_audit.scoring.assess import assess

    desk = Desk(Library())
    with tempfile.TemporaryDirectory() as name:
        paths = write_sites(Path(name), desk.standard(standard).standard, tier, FILES)

        def ours() -> None:
            for path in paths:
                opened = desk.open(path)
                assess(opened.prepared.compiled, opened.inspection)

        def parse() -> None:
            for path in paths:
                yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)

        ours()
        parse()
        return statistics.median(_seconds(ours) / _seconds(parse) for _ in range(ROUNDS))


def measure() -> list[tuple[str, float, float]]:
    """Give name, ratio and limit of each comparison."""
    return [
        (f"read + validate + score {standard}/{tier} ÷ CSafeLoader parse", _ratio(standard, tier), LIMIT)
        for standard, tier in (("gansu-2018", "county_center"), ("ningxia-2018", "station"))
    ]


def main() -> None:
    """Print the ratios."""
    for name, ratio, limit in measure():
        print(f"{name}: {ratio:.3f} (limit {limit})")


if __name__ == "__main__":
    main()
