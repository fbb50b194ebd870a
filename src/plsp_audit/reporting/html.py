"""The site's report as one HTML file: styles, chart and photos inside, nothing to load."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.content import content_dir
from plsp_audit.reporting.charts import dimension_bars
from plsp_audit.reporting.photos import Photo, photo_problem
from plsp_audit.reporting.rows import EvidenceRow
from plsp_audit.reporting.view import SiteReportView
from plsp_audit.reporting.wording import ordinal

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

Medium = Literal["screen", "print"]

_TEMPLATE = "site/report.html.j2"
_STYLE = "site/report.css"
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_IDS = re.compile(r"((?<![\w-])(?=[\w/-]{3,16}(?![\w/-]))[A-Za-z]\w*(?:-\w+)+(?:/\d+)?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figure:
    """A photo as it is drawn: `source` is an address of our own making, empty where there is no picture."""

    row: EvidenceRow
    source: str
    width: int
    height: int
    problem: str


def render_html(
    view: SiteReportView, photos: Mapping[str, Photo] | None = None, *, templates: Sequence[Path] = ()
) -> str:
    """Draw the report as HTML.

    Args:
        view: What the report says.
        photos: The photos by `EvidenceRow.key`, as `load_photos` gives them; without them files are only listed.
        templates: Folders looked through before the shipped templates.
    """
    return page(view, photos or {}, templates, "screen", _inline)


def page(
    view: SiteReportView,
    photos: Mapping[str, Photo],
    templates: Sequence[Path],
    medium: Medium,
    source: Callable[[int, Photo], str],
) -> str:
    """Fill the report's template.

    Args:
        view: What the report says.
        photos: The photos by path.
        templates: Folders looked through before the shipped templates.
        medium: Whether it is read on a screen or laid out on paper.
        source: Gives the address of a photo by its number.
    """
    from markupsafe import Markup

    jinja = environment((*templates, content_dir("reports")))
    style = jinja.get_template(_STYLE).render()
    figures = _figures(view, photos, source)
    chart = dimension_bars(view.dimensions, say("report.dimension.chart", view.lang))
    return jinja.get_template(_TEMPLATE).render(
        view=view,
        medium=medium,
        figures=figures,
        problems={figure.row.key: figure.problem for figure in figures},
        chart=Markup(chart),
        style=Markup(style),
        say=partial(_say, "report", view.lang),
        label=partial(_say, "label", view.lang),
        colon=say("report.text.colon", view.lang),
        ordinal=partial(ordinal, lang=view.lang),
    )


@cache
def environment(folders: tuple[Path, ...]) -> Environment:
    """Give what fills templates: everything escaped, nothing that a template can reach beyond what it is handed."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.tests["iso_date"] = lambda text: _ISO_DATE.fullmatch(text) is not None
    made.filters["unbroken"] = _unbroken
    return made


def _unbroken(text: str) -> Markup:
    """Keep the ids of rules in a text whole: lines would else be broken at their hyphens."""
    from markupsafe import Markup

    whole = Markup('<span class="whole-word">{}</span>')
    pieces = _IDS.split(text)
    return Markup("").join(whole.format(p) if n % 2 else p for n, p in enumerate(pieces))


def _say(name: str, lang: Lang, key: str, /, **words: object) -> str:
    return say(f"{name}.{key}", lang, **words)


def _figures(
    view: SiteReportView, photos: Mapping[str, Photo], source: Callable[[int, Photo], str]
) -> tuple[Figure, ...]:
    """Pair each photo of the list with its picture, or with what is wrong with it."""
    figures = []
    for row in view.evidence:
        photo = photos.get(row.key)
        if not row.photo or photo is None:
            continue
        problem = photo_problem(photo, row.sha256)
        said = say(f"report.evidence.photo_{problem}", view.lang) if problem else ""
        address = source(row.no, photo) if photo.jpeg else ""
        figures.append(Figure(row, address, photo.width, photo.height, said))
    return tuple(figures)


def _inline(_: int, photo: Photo) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(photo.jpeg).decode("ascii")
