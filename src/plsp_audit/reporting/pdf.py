"""The site's report as PDF, laid out by WeasyPrint from the same templates as the HTML."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.fonts import FontChoice, font_setting, use_harfbuzz_subsetting
from plsp_audit.reporting.html import page
from plsp_audit.reporting.justify import use_chinese_justification
from plsp_audit.reporting.pango import PangoMissing, pango_missing
from plsp_audit.reporting.photos import Photo
from plsp_audit.reporting.view import SiteReportView

_GLYPH = re.compile(r'"(.)" \(U\+([0-9A-F]+)\)', re.DOTALL)
_AROUND = 8


def render_pdf(
    view: SiteReportView,
    photos: Mapping[str, Photo] | None = None,
    *,
    templates: Sequence[Path] = (),
    fonts: FontChoice = "bundled",
    warn: Callable[[str], None] = lambda text: None,
) -> bytes:
    """Draw the report as PDF. The same report on the same machine gives the same bytes.

    Args:
        view: What the report says.
        photos: The photos by `EvidenceRow.key`, as `load_photos` gives them; without them files are only listed.
        templates: Folders looked through before the shipped templates.
        fonts: Whether layout may choose fonts of this machine.
        warn: Told in a sentence of every character that no font can print.

    Raises:
        PangoMissing: This machine cannot draw PDF; the message says how to mend that.
    """
    pictures: dict[str, bytes] = {}

    def register(number: int, photo: Photo) -> str:
        pictures[address := f"plsp:photo-{number}"] = photo.jpeg
        return address

    html = page(view, photos or {}, templates, "print", register)
    return print_page(html, view, view.lang, pictures=pictures, fonts=fonts, warn=warn)


def print_page(
    html: str,
    view: Any,
    lang: Lang,
    *,
    pictures: Mapping[str, bytes] | None = None,
    fonts: FontChoice = "bundled",
    warn: Callable[[str], None] = lambda text: None,
) -> bytes:
    """Lay out a page of any kind as PDF. The same page on the same machine gives the same bytes.

    Args:
        html: The page, for print.
        view: What it says, as dataclasses and tuples: where a character that cannot be printed is looked for.
        lang: The language of warnings.
        pictures: The only addresses that the page may load, with their bytes.
        fonts: Whether layout may choose fonts of this machine.
        warn: Told in a sentence of every character that no font can print.

    Raises:
        PangoMissing: This machine cannot draw PDF; the message says how to mend that.
    """
    if missing := pango_missing(lang):
        raise PangoMissing(missing)
    with font_setting(fonts), _lost_characters() as lost:
        content = _draw(html, pictures or {})
    for char in lost:
        where = _where(view, char) or say("report.pdf.glyph_unknown", lang)
        warn(say("report.pdf.glyph", lang, char=char, code=f"{ord(char):04X}", where=where))
    return content


def pages_of(html: str, lang: Lang, fonts: FontChoice = "bundled") -> dict[str, int]:
    """Lay a page out without drawing it; give by the id of each of its elements the page on which that begins.

    Args:
        html: The page, for print; it loads nothing.
        lang: The language of messages.
        fonts: Whether layout may choose fonts of this machine.

    Raises:
        PangoMissing: This machine cannot lay pages out; the message says how to mend that.
    """
    if missing := pango_missing(lang):
        raise PangoMissing(missing)
    with font_setting(fonts), _lost_characters():
        pages = _layout(html, {}).pages
    return {name: number for number, page in reversed(list(enumerate(pages, start=1))) for name in page.anchors}


def _draw(html: str, pictures: Mapping[str, bytes]) -> bytes:
    content: bytes = _layout(html, pictures).write_pdf()
    return content


def _layout(html: str, pictures: Mapping[str, bytes]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from weasyprint import HTML

    from plsp_audit.reporting.fetcher import RegisteredOnly

    use_harfbuzz_subsetting()
    use_chinese_justification()
    return HTML(string=html, url_fetcher=RegisteredOnly(pictures), base_url="plsp:report").render()


@contextmanager
def _lost_characters() -> Iterator[dict[str, None]]:
    """Collect, in order, the characters for which layout finds no glyph."""
    lost: dict[str, None] = {}

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if match := _GLYPH.search(record.getMessage()):
                lost[match[1]] = None

    logger, listener = logging.getLogger("weasyprint"), Listener()
    logger.addHandler(listener)
    try:
        yield lost
    finally:
        logger.removeHandler(listener)


def _where(node: Any, char: str, name: str = "") -> str:
    """Find the first text of a view that holds `char`, with the number of the row it stands in."""
    if isinstance(node, str):
        at = node.find(char)
        snippet = node[max(at - _AROUND, 0) : at + _AROUND].replace("\n", " ")
        return f"{name} {snippet}".strip() if at >= 0 else ""
    if is_dataclass(node):
        values = {field.name: getattr(node, field.name) for field in fields(node)}
        name = next((str(values[key]) for key in ("id", "rule", "label") if values.get(key)), name)
        found = (_where(value, char, name) for value in values.values())
    elif isinstance(node, tuple):
        found = (_where(value, char, name) for value in node)
    else:
        return ""
    return next(filter(None, found), "")


__all__ = ["PangoMissing", "print_page", "render_pdf"]
