"""A recheck's report as HTML and PDF, from a template in the acceptance report's styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from plsp_audit.model.catalogue import say
from plsp_audit.model.content import content_dir
from plsp_audit.reporting.fonts import FontChoice
from plsp_audit.reporting.html import Medium, environment
from plsp_audit.reporting.pdf import print_page
from plsp_audit.reporting.recheck_chart import waterfall
from plsp_audit.reporting.recheck_rows import speaker
from plsp_audit.reporting.recheck_summary_view import SummaryView
from plsp_audit.reporting.recheck_view import RecheckView
from plsp_audit.reporting.wording import ordinal

if TYPE_CHECKING:
    from markupsafe import Markup

_ID: Final = re.compile(r"(?<![&\w-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+(?![\w-])")
_STYLES: Final = ("site/report.css", "recheck/recheck.css")


def recheck_page(view: Any, template: str, templates: Sequence[Path], medium: Medium, **more: Any) -> str:
    """Fill a template of rechecks.

    Args:
        view: What it says; its `lang` is that of the page.
        template: The template's name.
        templates: Folders looked through before the shipped templates.
        medium: Whether it is read on a screen or laid out on paper.
        more: What else the template wants.
    """
    from markupsafe import Markup

    jinja = environment((*templates, content_dir("reports")))
    lang = view.lang
    return jinja.get_template(template).render(
        view=view,
        medium=medium,
        style=Markup("\n".join(jinja.get_template(name).render() for name in _STYLES)),
        own=speaker(lang),
        say=lambda key, **words: say(f"report.{key}", lang, **words),
        label=lambda key, **words: say(f"label.{key}", lang, **words),
        whole=_whole,
        colon=say("report.text.colon", lang),
        ordinal=partial(ordinal, lang=lang),
        **more,
    )


def _whole(text: str) -> Markup:
    """Keep every id within a text on one line."""
    from markupsafe import Markup, escape

    return Markup(_ID.sub(r'<span class="piece">\g<0></span>', str(escape(text))))


def render_recheck_html(view: RecheckView, *, templates: Sequence[Path] = (), medium: Medium = "screen") -> str:
    """Draw a site's recheck as HTML.

    Args:
        view: What the report says.
        templates: Folders looked through before the shipped templates.
        medium: Whether it is read on a screen or laid out on paper.
    """
    from markupsafe import Markup

    ends = {"before": view.bars[0].running, "after": view.bars[-1].running} if view.bars else {}
    chart = waterfall(view.bars, speaker(view.lang)("line.chart", **ends)) if view.bars else ""
    return recheck_page(view, "recheck/recheck.html.j2", templates, medium, chart=Markup(chart))


def render_recheck_pdf(
    view: RecheckView,
    *,
    templates: Sequence[Path] = (),
    fonts: FontChoice = "bundled",
    warn: Callable[[str], None] = lambda text: None,
) -> bytes:
    """Draw a site's recheck as PDF; see `print_page`.

    Raises:
        PangoMissing: This machine cannot draw PDF; the message says how to mend that.
    """
    html = render_recheck_html(view, templates=templates, medium="print")
    return print_page(html, view, view.lang, fonts=fonts, warn=warn)


def render_summary_recheck_pdf(
    view: SummaryView,
    *,
    templates: Sequence[Path] = (),
    fonts: FontChoice = "bundled",
    warn: Callable[[str], None] = lambda text: None,
) -> bytes:
    """Draw the summary of many rechecks as PDF; see `print_page`.

    Raises:
        PangoMissing: This machine cannot draw PDF; the message says how to mend that.
    """
    html = recheck_page(view, "recheck/summary.html.j2", templates, "print")
    return print_page(html, view, view.lang, fonts=fonts, warn=warn)
