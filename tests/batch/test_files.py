"""A site's files: which photos each of them shows, and that a photo is read no oftener than it must be."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from plsp_audit.batch.desk import Desk, Scored
from plsp_audit.batch.files import Writer
from plsp_audit.loading.packs import Library
from plsp_audit.reporting import photos
from plsp_audit.reporting.pango import pango_missing
from plsp_audit.reporting.photos import PRINT_PIXELS, SCREEN_PIXELS

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "gansu-county-center-good.yaml"


@pytest.fixture(scope="module")
def scored() -> Scored:
    return Desk(Library()).score(EXAMPLE)


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the list that each reading of the photos adds its size to."""
    asked: list[int] = []
    load = photos.load_photos

    def spy(folder: Path, paths: Any, pixels: int = PRINT_PIXELS) -> Any:
        asked.append(pixels)
        return load(folder, paths, pixels)

    monkeypatch.setattr(photos, "load_photos", spy)
    return asked


def test_a_document_shows_the_photos_of_the_inspection(scored: Scored, tmp_path: Path) -> None:
    assert Writer(tmp_path, ["docx"], "zh").write(scored, EXAMPLE, lambda text: None)
    content = (tmp_path / "gs-lx-center.docx").read_bytes()
    assert len(docx.Document(io.BytesIO(content)).inline_shapes) == 4


@pytest.mark.skipif(pango_missing() is not None, reason="this machine lacks Pango")
def test_each_size_is_read_once(scored: Scored, tmp_path: Path, sizes: list[int]) -> None:
    formats = ["pdf", "docx", "html", "json", "xlsx"]
    assert Writer(tmp_path, formats, "zh").write(scored, EXAMPLE, lambda text: None)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".html", ".json", ".pdf", ".xlsx"]
    assert sizes == [PRINT_PIXELS, SCREEN_PIXELS]


def test_no_photo_is_read_for_files_that_show_none(scored: Scored, tmp_path: Path, sizes: list[int]) -> None:
    assert Writer(tmp_path, ["json", "xlsx"], "zh").write(scored, EXAMPLE, lambda text: None)
    assert sizes == []
