"""A warm PDF report against the same report drawn by WeasyPrint as pip installs it.

The plain side has the same words and the same pages, but what one gets without further care: the complete Noto
fonts, fontTools for cutting them down, tables that size their own columns, collapsed borders, and photos as they
were taken. Each side runs in a process of its own; they take turns, so that a busy machine slows both alike.

usage: python benchmarks/pdf.py
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
LIMIT = 1 / 3
PLAIN_STYLE = """
body, table, .hash { font-family: "Noto Serif SC"; }
h1, h2, h3, th, .key, .big, .tag, .verdict, .who { font-family: "Noto Sans SC"; }
table { table-layout: auto; border-collapse: collapse; }
"""


def _source_fonts() -> Path | None:
    """Give the folder of the complete Noto fonts, None where they are not installed."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    return Path(spec.origin).parent if spec and spec.origin else None


def _ours() -> Callable[[], object]:
    from plsp_audit.reporting.pdf import render_pdf
    from plsp_audit.reporting.photos import load_photos
    from plsp_audit.reporting.view import site_view
    from tests.reporting import factory_reports

    view = site_view(factory_reports.rated(), factory_reports.standard(), "zh")
    keys = [row.key for row in view.evidence if row.photo]
    return lambda: render_pdf(view, load_photos(factory_reports.ROOT / "examples", keys))


def _plain() -> Callable[[], object]:
    from plsp_audit.reporting.fetcher import RegisteredOnly
    from plsp_audit.reporting.html import page
    from plsp_audit.reporting.photos import load_photos
    from plsp_audit.reporting.view import site_view
    from tests.reporting import factory_reports

    view = site_view(factory_reports.rated(), factory_reports.standard(), "zh")
    folder = factory_reports.ROOT / "examples"
    keys = [row.key for row in view.evidence if row.photo]
    photos = {key: replace(photo, jpeg=(folder / key).read_bytes()) for key, photo in load_photos(folder, keys).items()}
    pictures = {f"plsp:photo-{no}": photo.jpeg for no, photo in enumerate(photos.values(), 1)}
    html = page(view, photos, (), "print", lambda no, photo: f"plsp:photo-{no}").replace(
        "</style>", f"{PLAIN_STYLE}</style>"
    )

    def draw() -> object:
        from weasyprint import HTML
        from weasyprint.pdf import fonts

        # A machine may have HarfBuzz's subsetting from another package; pip does not bring it.
        fonts.harfbuzz_subset = None
        return HTML(string=html, url_fetcher=RegisteredOnly(pictures), base_url="plsp:report").write_pdf()

    return draw


def _worker(side: str) -> None:
    """Draw a report for every line that comes in, and say the processor time it took."""
    draw = _ours() if side == "ours" else _plain()
    for _ in sys.stdin:
        began = time.process_time()
        draw()
        print(time.process_time() - began, flush=True)


def _start(side: str, conf: Path | None) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": "ignore"}
    if conf is not None:
        environment["FONTCONFIG_FILE"] = str(conf)
    command = [sys.executable, str(Path(__file__).resolve()), "--worker", side]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def _turn(worker: subprocess.Popen[str]) -> float:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write("\n")
    worker.stdin.flush()
    return float(worker.stdout.readline())


def measure() -> list[tuple[str, float, float]]:
    """Give name, ratio and limit; nothing where the complete fonts to compare with are not installed."""
    fonts = _source_fonts()
    if fonts is None:
        print("pdf: left out, pip install pylopdf-fonts-zh-cn to compare", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as folder:
        conf = Path(folder) / "fonts.conf"
        cache = f"<cachedir>{folder}/cache</cachedir>"
        conf.write_text(f"<fontconfig><dir>{fonts}</dir>{cache}</fontconfig>", encoding="utf-8")
        ours, plain = _start("ours", None), _start("plain", conf)
        try:
            _turn(ours), _turn(plain)
            taken = [(_turn(ours), _turn(plain)) for _ in range(ROUNDS)]
        finally:
            for worker in (ours, plain):
                worker.communicate()
    own, other = (median(side) for side in zip(*taken, strict=True))
    return [("pdf: warm report / WeasyPrint as pip installs it", own / other, LIMIT)]


def main() -> int:
    """Print the ratio; 1 when it is over the limit."""
    over = False
    for name, ratio, limit in measure():
        print(f"{name}: {ratio:.3f} (limit {limit:.3f})")
        over = over or ratio > limit
    return int(over)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        _worker(sys.argv[2])
    else:
        sys.exit(main())
