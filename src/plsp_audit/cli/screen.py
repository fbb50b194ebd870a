"""What a terminal, file or pipe can show, and text that fits it.

Consoles disagree about how wide some characters are, so free text belongs in the last column of a table.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.xlsx_text import lines_of, text_width

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.measure import Measurement

PLAIN_WIDTH = 100
"""Columns of a file or pipe, which has none of its own."""

_PLAINER = str.maketrans({"—": "-", "–": "-", "～": "~", "•": "*", "·": "-"})


@dataclass(frozen=True, slots=True)
class Prose:
    """Text that breaks as Chinese does: between characters, never before a stop or within a number."""

    text: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the lines for the width at hand."""
        from rich.text import Text

        for line in lines_of(self.text, options.max_width):
            yield Text(line.strip(), style=self.style, overflow="fold")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Ask for the longest line, and get by with a few characters."""
        from rich.measure import Measurement

        longest = max(map(text_width, self.text.split("\n")))
        return Measurement(min(longest, 12), longest).with_maximum(options.max_width)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a stream can show: the language that is spoken on it and the characters it has."""

    lang: Lang
    encoding: str

    def say(self, key: str, **params: object) -> str:
        """Give a sentence of the screen's catalogue."""
        return self.fit(say(f"screen.{key}", self.lang, **params))

    def fit(self, text: str) -> str:
        """Give text that the stream can show, in the width it will have there."""
        if self.encoding.lower().replace("-", "").startswith("utf"):
            return text
        try:
            return text.translate(_PLAINER).encode(self.encoding, "replace").decode(self.encoding)
        except LookupError:
            return text.encode("ascii", "replace").decode()


def plain_text(drawing: RenderableType, width: int = PLAIN_WIDTH, encoding: str = "utf-8") -> str:
    """Give a drawing as plain lines, `width` columns wide, without colours."""
    from rich.console import Console

    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=False,
        color_system=None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(drawing)
    text = "".join(line.rstrip() + "\n" for line in buffer.getvalue().splitlines())
    return text if encoding.lower().startswith("utf") else text.replace("─", "-")


def show(draw: Callable[[str], RenderableType], stream: TextIO | None = None) -> None:
    """Print a drawing: in colour on a terminal, plain into a file or pipe.

    Args:
        draw: Makes the drawing for the encoding it is given.
        stream: Where to; stdout when left out.
    """
    out = stream or sys.stdout
    encoding = getattr(out, "encoding", None) or "utf-8"
    if out.isatty():
        from rich.console import Console

        Console(file=out, highlight=False, markup=False, emoji=False).print(draw(encoding))
    else:
        out.write(plain_text(draw(encoding), plain_width(), encoding))


def plain_width() -> int:
    """Give the width of plain output: COLUMNS where it is set, else 100."""
    given = os.environ.get("COLUMNS", "")
    return max(int(given), 40) if given.isdecimal() and len(given) < 5 else PLAIN_WIDTH
