"""Tables on screen: numbers never break, and free text breaks as Chinese does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from plsp_audit.cli.screen import Prose, Screen

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_TEXTS = ("text", "short")
_NARROW = 20
Column = tuple[str, str]
"""A heading, and what the column holds: `text`, `short` (text, narrow), `word` (broken last), or `number` (never)."""


def grid(columns: Sequence[Column], rows: Sequence[Sequence[str]], screen: Screen) -> Table:
    """Draw a table."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1), safe_box=True, header_style="bold")
    for heading, kind in columns:
        justify: Literal["left", "right"] = "right" if kind == "number" else "left"
        narrow = _NARROW if kind == "short" else None
        table.add_column(
            screen.fit(heading), justify=justify, overflow="fold", no_wrap=kind == "number", max_width=narrow
        )
    for row in rows:
        cells = zip(row, (kind for _, kind in columns), strict=True)
        table.add_row(*(_cell(screen.fit(text), kind) for text, kind in cells))
    return table


def _cell(text: str, kind: str) -> RenderableType:
    from rich.text import Text

    return Prose(text) if kind in _TEXTS else Text(text)


def heading(text: str, screen: Screen) -> RenderableType:
    """Draw a heading."""
    from rich.text import Text

    return Text(screen.fit(text), style="bold")


def lines(texts: Sequence[str], screen: Screen) -> list[RenderableType]:
    """Draw paragraphs."""
    return [Prose(screen.fit(text)) for text in texts if text]
