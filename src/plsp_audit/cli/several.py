"""One site's result under several standards, in one table on screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plsp_audit.batch.desk import Scored
from plsp_audit.cli.grid import grid, heading, lines
from plsp_audit.cli.screen import Screen, show
from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.standard import ResolvedStandard

if TYPE_CHECKING:
    from rich.console import RenderableType

COLUMNS = (
    ("standard", "word"),
    ("score", "number"),
    ("bounds", "number"),
    ("grade", "word"),
    ("range", "word"),
    ("coverage", "number"),
    ("defects", "number"),
)


def _row(name: str, scored: Scored | None, lang: Lang) -> list[str]:
    if scored is None:
        return [name, *["—"] * 6]
    result, standard = scored.result, scored.standard
    head = [standard.id]
    if result.coverage is None:
        return [*head, say(f"label.status.{result.status}", lang), *["—"] * 5]
    coverage = f"{result.coverage.checked}/{result.coverage.applicable}"
    defects = str(len(result.rectification or []))
    if result.score is None or result.grade is None:
        return [*head, say(f"label.status.{result.status}", lang), "—", "—", "—", coverage, defects]
    low, high = number_text(result.score.low, 2), number_text(result.score.high, 2)
    return [
        *head,
        number_text(result.score.value, 2),
        low if low == high else f"{low}–{high}",
        result.grade.title,
        _range(standard, result.grade_low, result.grade_high),
        coverage,
        defects,
    ]


def _legend(name: str, scored: Scored | None, lang: Lang) -> str:
    """Give what an id in the first column stands for: the standard's title and the tier, too long for a column."""
    if scored is None:
        return say("several.no_tier", lang, standard=name)
    tier = scored.standard.tier(scored.result.site.tier)
    params = {"standard": scored.standard.id, "title": scored.standard.title}
    return say("several.legend", lang, **params, tier=tier.title if tier is not None else scored.result.site.tier)


def _range(standard: ResolvedStandard, low: str | None, high: str | None) -> str:
    titles = {g.id: g.title for g in standard.grades}
    worst, best = titles.get(low or "", "—"), titles.get(high or "", "—")
    return worst if worst == best else f"{worst}–{best}"


def show_several(path: Path, scored: Sequence[tuple[str, Scored | None]], lang: Lang) -> None:
    """Print the table: a row a standard, with score, what is still possible, grade, coverage and defects."""

    def draw(encoding: str) -> RenderableType:
        from rich.console import Group

        screen = Screen(lang, encoding)
        first = next((s for _, s in scored if s is not None), None)
        title = first.result.site.name if first is not None else str(path)
        columns = [(say(f"several.{key}", lang), kind) for key, kind in COLUMNS]
        rows = [_row(name, found, lang) for name, found in scored]
        legend = [_legend(name, found, lang) for name, found in scored]
        note = lines([*legend, say("several.note", lang)], screen)
        return Group(heading(title, screen), grid(columns, rows, screen), *note)

    show(draw)
