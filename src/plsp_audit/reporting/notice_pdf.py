"""A rectification notice as PDF, on the page of an official document (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from plsp_audit.loading.bulletin_layout import read_layout
from plsp_audit.model.bulletin_letter import Grid
from plsp_audit.model.content import content_dir
from plsp_audit.reporting.bulletin_measures import Measures
from plsp_audit.reporting.bulletin_parts import attached, labels
from plsp_audit.reporting.bulletin_pdf import _lengths, _points, _spaced
from plsp_audit.reporting.fonts import FontChoice
from plsp_audit.reporting.html import environment
from plsp_audit.reporting.notice_view import NoticeView
from plsp_audit.reporting.pdf import print_page

_TEMPLATE, _STYLES = "notice/notice.html.j2", ("bulletin/bulletin.css.j2", "notice/notice.css")


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
    from markupsafe import Markup

    jinja = environment((*templates, content_dir("reports")))
    letter = view.letter
    measures = Measures(read_layout(templates))
    lengths = _lengths(letter, measures)
    style = "\n".join(
        jinja.get_template(name).render(s={key: Markup(text) for key, text in lengths.items()}) for name in _STYLES
    )

    def widths(grid: Grid) -> list[str]:
        return [_points(width) for width in measures.widths(grid)]

    return jinja.get_template(_TEMPLATE).render(
        view=view, letter=letter, style=Markup(style), s=lengths, widths=widths, attached=attached(letter),
        labels=labels(letter), spaced=_spaced,
    )  # fmt: skip
