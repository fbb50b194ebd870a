"""What the examples come to, in every form, as it was looked at."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plsp_audit import __version__
from plsp_audit.batch.desk import Desk, Scored
from plsp_audit.cli.table import score_text
from plsp_audit.loading.packs import Library
from plsp_audit.reporting.html import render_html
from plsp_audit.reporting.json_file import render_json
from plsp_audit.reporting.view import site_view
from plsp_audit.reporting.xlsx import render_xlsx

EXAMPLES = sorted(p.stem for p in (Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
Golden = Callable[[str, str | bytes], None]


@pytest.fixture(scope="module")
def scored(examples: Path) -> Callable[[str], Scored]:
    desk = Desk(Library())
    return lambda name: desk.score(examples / f"{name}.yaml", f"{name}.yaml")


def plain(page: str) -> str:
    """Give the words of a page, one element a line."""
    body = re.sub(r"<(style|script|svg).*?</\1>", "", page, flags=re.DOTALL)
    body = re.sub(r'<span class="whole-word">(.*?)</span>', r"\1", body)
    lines = (" ".join(html.unescape(piece).split()) for piece in re.split(r"<[^>]*>", body))
    return "\n".join(line for line in lines if line) + "\n"


def cells(content: bytes) -> str:
    book = load_workbook(io.BytesIO(content))
    lines = []
    for sheet in book.worksheets:
        lines.append(f"== {sheet.title}")
        lines += [" | ".join("" if c is None else str(c) for c in row) for row in sheet.iter_rows(values_only=True)]
    return "\n".join(re.sub(r"[ |]+$", "", line) for line in lines) + "\n"


@pytest.mark.parametrize("name", EXAMPLES)
def test_results(name: str, scored: Callable[[str], Scored], golden: Golden) -> None:
    text = render_json(scored(name).result).decode("utf-8")
    golden(f"results/{name}.json", text.replace(f"plsp-audit {__version__}", "plsp-audit VERSION"))


@pytest.mark.parametrize("name", ["gansu-county-center-good", "ningxia-station-medium", "ningxia-station-not-rated"])
def test_documents(name: str, scored: Callable[[str], Scored], golden: Golden) -> None:
    found = scored(name)
    page = render_html(site_view(found.result, found.standard, "zh"))
    golden(f"reports/{name}.txt", plain(page).replace(__version__, "VERSION"))
    golden(f"workbooks/{name}.txt", cells(render_xlsx(found.result, found.standard)).replace(__version__, "VERSION"))
    golden(f"screens/{name}.txt", score_text(found.result, "zh", 100, standard=found.standard))
