"""Rechecks on screen: one site in full, many in short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from plsp_audit.cli.grid import grid, heading, lines
from plsp_audit.cli.screen import Prose, Screen, show
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.recheck import Recheck, RecheckSummary
from plsp_audit.reporting.recheck_rows import ItemRow, speaker
from plsp_audit.reporting.recheck_summary_view import SummaryView, summary_view
from plsp_audit.reporting.recheck_view import RecheckView, recheck_view

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_STYLES: Final = {
    "open": "bold red", "new": "bold red", "partly": "yellow", "unchecked": "cyan", "fixed": "green",
}  # fmt: skip
_LONGEST: Final = 160
_IN_SHORT: Final = ("open_unclaimed", "unchecked_unclaimed", "confirmed", "moot")
"""Claims that nobody has to look into; what is open stands among the items."""

_SITE_COLUMNS: Final = (
    ("id", "word"), ("before", "number"), ("after", "number"), ("grade", "word"), ("fixed", "number"),
    ("partly", "number"), ("open", "number"), ("new", "number"), ("unchecked", "number"), ("site", "text"),
)  # fmt: skip


def show_recheck(found: Recheck, lang: Lang) -> None:
    """Print one site's recheck: in colour on a terminal, plain into a file or pipe."""
    view = recheck_view(found, lang)

    def draw(encoding: str) -> RenderableType:
        from rich.console import Group

        return Group(*_blocks(view, Screen(lang, encoding)))

    show(draw)


def _blocks(view: RecheckView, screen: Screen) -> Iterator[RenderableType]:
    from rich.text import Text

    own = speaker(screen.lang)
    yield heading(view.site_name, screen)
    rows = [row for row in view.pair if row.label not in (own("row.digest"), own("row.input"), own("row.file"))]
    heads = [("", "word"), (own("column.before"), "text"), (own("column.after"), "text")]
    yield grid(heads, [(row.label, row.before, row.after) for row in rows], screen)
    yield Text()
    yield _statements(view, screen)
    if view.claims:
        yield from _claims(view, screen)
    if view.steps:
        yield from _way(view, screen)
    yield from _items(view, screen)


def _statements(view: RecheckView, screen: Screen) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    for said in view.statements:
        mark = Text(f"[{screen.say(f'mark.{said.kind}')}]", style="" if said.kind == "note" else "yellow")
        table.add_row(mark, Prose(screen.fit(said.text)))
    return table


def _claims(view: RecheckView, screen: Screen) -> Iterator[RenderableType]:
    from rich.text import Text

    own = speaker(screen.lang)
    yield Text()
    yield heading(own("head.claims"), screen)
    columns = [(own("column.id"), "word"), (own("column.claim"), "text"), (own("column.seen"), "text")]
    for group in view.claims:
        if group.kind in _IN_SHORT:
            names = ("、" if screen.lang == "zh" else ", ").join(dict.fromkeys(row.rule for row in group.rows))
            yield from lines([f"{group.title}{say('report.text.colon', screen.lang)}{names}"], screen)
            continue
        yield Text(screen.fit(group.title), style="bold red" if group.bad else "")
        yield grid(columns, [(row.rule, row.said, row.seen) for row in group.rows], screen)
        yield Text()


def _way(view: RecheckView, screen: Screen) -> Iterator[RenderableType]:
    from rich.text import Text

    own = speaker(screen.lang)
    yield Text()
    yield heading(own("head.bridge"), screen)
    columns = [(own("column.id"), "word"), (own("column.effect"), "number"), (own("column.running"), "number"),
               (own("column.rule"), "text")]  # fmt: skip
    yield grid(columns, [(step.rule, step.change, step.running, step.title) for step in view.steps], screen)


def _items(view: RecheckView, screen: Screen) -> Iterator[RenderableType]:
    from rich.text import Text

    own = speaker(screen.lang)
    rows = [row for group in view.groups if group.outcome != "fixed" for row in group.rows]
    yield Text()
    if not view.groups:
        yield Text(screen.fit(own("screen.no_items")), style="green")
    if rows:
        yield heading(own("screen.items", count=len(rows)), screen)
        yield _item_table(rows, screen)
    fixed = [row.id for group in view.groups if group.outcome == "fixed" for row in group.rows]
    if fixed:
        joined = ("、" if screen.lang == "zh" else ", ").join(fixed)
        yield from lines([own("screen.fixed", count=len(fixed), rules=joined)], screen)


def _item_table(rows: list[ItemRow], screen: Screen) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    own = speaker(screen.lang)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1), safe_box=True, header_style="bold")
    for key in ("id", "outcome", "points_pair", "item"):
        table.add_column(screen.fit(own(f"column.{key}")), no_wrap=key != "item")
    for row in rows:
        told = [Prose(screen.fit(row.title + row.tags))]
        told += [Prose(screen.fit(line[:_LONGEST]), "dim") for line in row.details or filter(None, (row.now_text,))]
        outcome = Text(screen.fit(row.outcome_label), style=_STYLES.get(row.outcome, ""))
        table.add_row(Text(screen.fit(row.id)), outcome, Text(screen.fit(row.points)), Group(*told))
    return table


def _false_claims(view: SummaryView, screen: Screen) -> Iterator[RenderableType]:
    """Draw what ledgers claim to be done and is not."""
    from rich.text import Text

    columns = [(view.claim_heads[at], kind) for at, kind in ((0, "word"), (2, "word"), (4, "text"), (5, "word"))]
    yield heading(speaker(screen.lang)("head.claims_bad"), screen)
    yield grid(columns, [tuple(row.texts[at] for at in (0, 2, 4, 5)) for row in view.claims], screen)
    yield Text()


def show_summary(found: RecheckSummary, lang: Lang) -> None:
    """Print many sites' rechecks: a line a site, what still stands first."""
    view = summary_view(found, lang)

    def draw(encoding: str) -> RenderableType:
        from rich.console import Group
        from rich.text import Text

        screen, own = Screen(lang, encoding), speaker(lang)
        columns = [(own(f"short.{key}"), kind) for key, kind in _SITE_COLUMNS]
        rows = [(row.texts[0], *row.texts[2:], row.texts[1]) for row in view.sites]
        return Group(
            heading(view.title, screen),
            *lines([said.text for said in view.statements], screen),
            Text(),
            *(_false_claims(view, screen) if view.claims else ()),
            heading(own("head.sites"), screen),
            grid(columns, rows, screen),
        )

    show(draw)
