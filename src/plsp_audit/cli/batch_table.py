"""A batch on screen: how many sites of each tier have which grade, standard by standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from plsp_audit.cli.grid import Column, grid, heading
from plsp_audit.cli.screen import Screen, show
from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, known, say
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
    areas = [area for area in group.areas if area.level == "total" and area.tier is not None]
    apart = [key for key in ("not_rated", "no_score") if any(getattr(area, key) for area in areas)]
    columns: list[Column] = [
        (_word("tier", lang), "text"),
        *((_word(key, lang), "number") for key in ("sites", "rated", *apart)),
        *((clean(grade.title, lang, 20), "number") for grade in group.grades),
        (_word("mean", lang), "number"),
    ]
    yield heading(clean(group.standard_title, lang, 80), screen)
    yield grid(columns, [_row(group, area, apart, lang) for area in areas], screen)
    yield Text()


def _row(group: Group, area: Area, apart: Sequence[str], lang: Lang) -> list[str]:
    usual = f"label.tier.{area.tier}"
    tier = say(usual, lang) if known(usual, lang) else clean(group.tier_title(area.tier), lang, 40)
    if area.sampled is not None:
        checked, of = area.sampled
        tier += " " + say(f"summary_book.sampled.{'all' if of is None else 'of'}", lang, checked=checked, of=of)
    counts = [str(getattr(area, key)) for key in ("sites", "rated", *apart)]
    grades = (f"{count} ({number_text(rate * 100, 1)}%)" if (rate := area.rate(grade)) is not None else "0"
              for grade, count in area.by_grade.items())  # fmt: skip
    return [tier, *counts, *grades, number_text(area.mean, 2) if area.mean is not None else ""]


def _word(key: str, lang: Lang) -> str:
    return say(f"summary_book.column.{key}", lang)
