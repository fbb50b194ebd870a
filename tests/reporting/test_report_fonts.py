"""The bundled fonts, and the way they are cut down."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from plsp_audit.model import content
from plsp_audit.model.content import content_dir
from plsp_audit.reporting.fonts import _subset

FONTS = {"PLSPSansSC-Regular.otf": "PLSP Sans SC", "PLSPSerifSC-Regular.otf": "PLSP Serif SC"}


@pytest.mark.parametrize(("name", "family"), FONTS.items())
def test_a_bundled_font_has_every_character_a_report_may_need(name, family, root):
    path = root / "reports" / "fonts" / name
    font = TTFont(path)
    has = font.getBestCmap()
    general = (root / "scripts" / "tongyong_beyond_gb2312.txt").read_text(encoding="utf-8").splitlines()
    wanted = "㙍垚堃䶮䴖①②③㎡%℃〔〕“”…—·✓✗●○◐△□■〇" + "".join(row for row in general if row[0] != "#")
    assert [char for char in wanted if ord(char) not in has] == []
    assert font["name"].getDebugName(1) == family
    assert "fvar" not in font
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert path.stat().st_size < 3_000_000
    assert (path.parent / "OFL.txt").is_file()


def test_subsetting_keeps_the_numbers_and_outlines_of_the_glyphs_used(root):
    whole = (root / "reports" / "fonts" / "PLSPSansSC-Regular.otf").read_bytes()
    font = TTFont(io.BytesIO(whole))
    glyph = font.getGlyphID(font.getBestCmap()[ord("堃")])
    small = _subset(whole, 0, {glyph: "堃"}, False, False)
    assert len(small) < 50_000
    kept = TTFont(io.BytesIO(small))
    assert kept["maxp"].numGlyphs == glyph + 1


def test_content_is_found_in_a_checkout_and_in_an_installed_package(root, tmp_path, monkeypatch):
    assert content_dir("reports") == root / "reports"
    package = tmp_path / "plsp_audit"
    (package / "model").mkdir(parents=True)
    (package / "content" / "reports").mkdir(parents=True)
    monkeypatch.setattr(content, "__file__", str(package / "model" / "content.py"))
    assert content_dir.__wrapped__("reports") == package / "content" / "reports"
    with pytest.raises(FileNotFoundError):
        content_dir.__wrapped__("standards")


def test_without_the_private_class_layout_keeps_its_own_way(monkeypatch):
    pytest.importorskip("uharfbuzz")
    fonts = pytest.importorskip("weasyprint.pdf.fonts")
    from plsp_audit.reporting.fonts import use_harfbuzz_subsetting

    class Changed:
        def subset(self, to_unicode: object) -> None: ...

    monkeypatch.setattr(fonts, "Font", Changed)
    monkeypatch.setattr(fonts, "harfbuzz_subset", None)
    before = Changed.subset
    assert use_harfbuzz_subsetting.__wrapped__() is False
    assert Changed.subset is before


def test_no_font_but_the_two_is_bundled(root):
    assert {path.name for path in Path(root / "reports" / "fonts").glob("*.otf")} == set(FONTS)
