"""Chinese lines that end flush at the right: WeasyPrint widens spaces only, and Chinese has none."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

_HAN = re.compile("[\u3400-\u9fff]")
_PARAMETERS = ["context", "line", "extra_width"]


@cache
def use_chinese_justification() -> bool:
    """Let WeasyPrint spread Chinese lines that are to be justified evenly over all their characters.

    Left as it is where WeasyPrint's private function has changed; lines then end where they end.

    Returns:
        Whether Chinese lines will be justified.
    """
    from weasyprint.layout import inline

    original: Any = getattr(inline, "justify_line", None)
    create: Any = getattr(inline, "create_layout", None)
    if original is None or create is None or list(inspect.signature(original).parameters) != _PARAMETERS:
        return False

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        boxes = list(_texts(line))
        count = sum(len(box.text) for box in boxes)
        if not count or not any(_HAN.search(box.text) for box in boxes):
            original(context, line, extra_width)
            return
        _spread(line, extra_width / count, 0, lambda box: create(box.text, box.style, context, None, 0))

    inline.justify_line = justify_line
    return True


def _texts(box: Any) -> Iterator[Any]:
    if hasattr(box, "text") and hasattr(box, "pango_layout"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _spread(box: Any, extra: float, advance: float, layout_of: Any) -> float:
    """Move a box by what the characters before it were spread, and spread its own."""
    if hasattr(box, "text") and hasattr(box, "pango_layout"):
        box.position_x += advance
        spacing = box.style["letter_spacing"]
        box.style = box.style.copy()
        box.style["letter_spacing"] = (0 if spacing == "normal" else spacing) + extra
        box.pango_layout = layout_of(box)
        box.pango_layout.deactivate()
        box.width += extra * len(box.text)
        return advance + extra * len(box.text)
    if not hasattr(box, "children") or not hasattr(box, "is_in_normal_flow"):
        box.translate(advance, 0)
        return advance
    box.position_x += advance
    before = advance
    for child in box.children:
        if child.is_in_normal_flow():
            advance = _spread(child, extra, advance, layout_of)
    box.width += advance - before
    return advance
