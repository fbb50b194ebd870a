"""A rectification notice as PDF, on the page of an official document (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from plsp_audit.reporting.bulletin_pdf import letter_html
from plsp_audit.reporting.fonts import FontChoice
from plsp_audit.reporting.notice_list import notice_layout
from plsp_audit.reporting.notice_view import NoticeView
from plsp_audit.reporting.pdf import print_page

_TEMPLATE, _STYLES = "notice/notice.html.j2", ("notice/notice.css",)


def render_notice_pdf(
    view: NoticeView,
    *,
    templates: Sequence[Path] = (),
    fonts: FontChoice = "bundled",
    warn: Callable[[str], None] = lambda text: None,
) -> bytes:
    """Draw a notice as PDF. The same notice on the same machine gives the same bytes.

    Args:
        view: What it says.
        templates: Folders looked through before the shipped templates, also for a bureau's own layout.
        fonts: Whether layout may choose fonts of this machine.
        warn: Told in a sentence of every character that no font can print.

    Raises:
        PangoMissing: This machine cannot draw PDF; the message says how to mend that.
    """
    return print_page(notice_html(view, templates), view, view.letter.lang, fonts=fonts, warn=warn)


def notice_html(view: NoticeView, templates: Sequence[Path] = ()) -> str:
    """Fill the template of a notice."""
    return letter_html(view.letter, notice_layout(templates), _TEMPLATE, _STYLES, templates, view=view)
