"""A batch on screen: how many sites of each tier have which grade, standard by standard."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, TextIO

from plsp_audit.cli.grid import Column, grid, heading
from plsp_audit.cli.screen import Screen, show
from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.rollup import Area, Group, Summary
from plsp_audit.reporting.wording import clean

if TYPE_CHECKING:
    from rich.console import RenderableType


def show_batch(summary: Summary, lang: Lang, stream: TextIO | None = None) -> None:
    """Print the counts: in colour on a terminal, plain into a file or pipe."""

    def draw(encoding: str) -> RenderableType:
        from rich.console import Group as Blocks

        screen = Screen(lang, encoding)
        return Blocks(*(block for group in summary.groups for block in _group(group, screen)))

    show(draw, stream)


def _group(group: Group, screen: Screen) -> Iterator[RenderableType]:
    from rich.text import Text

    lang = screen.lang
    columns: list[Column] = [
        (_word("tier", lang), "text"), (_word("sites", lang), "number"), (_word("rated", lang), "number"),
        (_word("not_rated", lang), "number"), (_word("no_score", lang), "number"),
        *((clean(grade.title, lang, 20), "number") for grade in group.grades), (_word("mean", lang), "number"),
    ]  # fmt: skip
    areas = [area for area in group.areas if area.level == "total" and area.tier is not None]
    yield heading(clean(group.standard_title, lang, 80), screen)
    yield grid(columns, [_row(group, area, lang) for area in areas], screen)
    yield Text()


def _row(group: Group, area: Area, lang: Lang) -> list[str]:
    tier = clean(group.tier_title(area.tier), lang, 40)
    if area.sampled is not None:
        checked, of = area.sampled
        tier += " " + say(f"summary_book.sampled.{'all' if of is None else 'of'}", lang, checked=checked, of=of)
    grades = (f"{count} ({number_text(rate * 100, 1)}%)" if (rate := area.rate(grade)) is not None else "0"
              for grade, count in area.by_grade.items())  # fmt: skip
    mean = number_text(area.mean, 2) if isinstance(area.mean, Fraction) else ""
    return [tier, str(area.sites), str(area.rated), str(area.not_rated), str(area.no_score), *grades, mean]


def _word(key: str, lang: Lang) -> str:
    return say(f"summary_book.column.{key}", lang)
