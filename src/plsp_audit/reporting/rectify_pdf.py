"""The list of several sites as PDF, on pages on their side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from plsp_audit.analysis.rectify import ListGroup
from plsp_audit.model.catalogue import Lang
from plsp_audit.reporting.bulletin_pdf import letter_html
from plsp_audit.reporting.fonts import FontChoice
from plsp_audit.reporting.pdf import print_page
from plsp_audit.reporting.rectify_list import list_layout, list_letter
from plsp_audit.reporting.rectify_view import Sources

_TEMPLATE, _STYLES = "rectify/list.html.j2", ("rectify/list.css",)


def render_list_pdf(
    group: ListGroup,
    sources: Sources,
    lang: Lang = "zh",
    *,
    templates: Sequence[Path] = (),
    fonts: FontChoice = "bundled",
    warn: Callable[[str], None] = lambda text: None,
) -> bytes:
    """Draw a list as PDF. The same list on the same machine gives the same bytes.

    Args:
        group: The sites and their findings.
        sources: The titles of the standards' sources.
        lang: The language of the list's own words.
        templates: Folders looked through before the shipped templates.
        fonts: Whether layout may choose fonts of this machine.
        warn: Told in a sentence of every character that no font can print.

    Raises:
        PangoMissing: This machine cannot draw PDF; the message says how to mend that.
    """
    letter = list_letter(group, sources, lang)
    html = letter_html(letter, list_layout(templates), _TEMPLATE, _STYLES, templates)
    return print_page(html, letter, lang, fonts=fonts, warn=warn)
