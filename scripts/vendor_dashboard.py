"""Copy the dashboard's chart library from its npm package into reports/dashboard/vendor.

The minified file is taken as it was published, so that its SHA-256 can be held against the package's. Run for a
release, never at run time:

    npm pack echarts@6.1.0 && tar xzf echarts-6.1.0.tgz
    python scripts/vendor_dashboard.py package

usage: python scripts/vendor_dashboard.py PACKAGE_FOLDER
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "reports" / "dashboard" / "vendor"
NAME = "echarts"
LICENCE = "Apache-2.0"
BUILD = "dist/echarts.common.min.js"
COPIES = {BUILD: "echarts.min.js", "LICENSE": "LICENSE", "NOTICE": "NOTICE", "licenses/LICENSE-d3": "LICENSE-d3"}
"""What is taken: the build with bars, tooltips and the SVG renderer, and the texts its licence asks for."""

LARGEST = 1_000_000


def vendor(package: Path, target: Path) -> str:
    """Copy the library, its licence and notice, and write a note of what they are.

    Args:
        package: The unpacked npm package.
        target: The folder to copy to.

    Returns:
        The note.

    Raises:
        ValueError: The package is another one, has another licence, or its build cannot stand in a page.
    """
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    if about["name"] != NAME or about["license"] != LICENCE:
        raise ValueError(f"{about['name']} ({about['license']}) is not {NAME} ({LICENCE})")
    script = (package / BUILD).read_bytes()
    if len(script) > LARGEST:
        raise ValueError(f"{BUILD} has {len(script)} bytes, more than {LARGEST}")
    if b"</script" in script.lower() or b"<!--" in script or b"\r" in script:
        raise ValueError(f"{BUILD} cannot stand inside a <script> as it is")
    target.mkdir(parents=True, exist_ok=True)
    for source, name in COPIES.items():
        (target / name).write_bytes((package / source).read_bytes())
    note = (
        f"Apache ECharts {about['version']}\n"
        f"npm package {NAME}@{about['version']}, {BUILD}, unchanged, as echarts.min.js\n"
        f"licence {LICENCE}, see LICENSE, LICENSE-d3 and NOTICE\n"
        f"{len(script)} bytes, sha256 {hashlib.sha256(script).hexdigest()}\n"
        "copied by scripts/vendor_dashboard.py\n"
    )
    (target / "VERSION").write_text(note, encoding="utf-8", newline="\n")
    return note


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        print(vendor(Path(sys.argv[1]), VENDOR), end="")
    except (OSError, ValueError, KeyError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
