"""Charts as inline SVG, drawn in two greys of blue so that they also print without colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from plsp_audit.reporting.rows import DimensionRow

_WIDTH = 640
_LABEL = 150
_VALUE = 70
_ROW = 20
_BAR = 11
LETTERS = 22
"""Half-width columns that fit in a label."""

FONTS = "'PLSP Sans SC','Noto Sans SC','Microsoft YaHei',SimHei,sans-serif"
_FULL, _OPEN, _TRACK, _MARK, _INK = "#4d6e93", "#c3d2e2", "#eef1f4", "#8a2f2f", "#222222"


def dimension_bars(rows: Sequence[DimensionRow], title: str) -> str:
    """Draw the rate of each dimension as a bar; the pale part is what open items could still earn.

    Args:
        rows: The dimensions; those without points have no bar.
        title: What the chart shows, for readers who cannot see it.
    """
    height = _ROW * len(rows) + 18
    body = "".join(part for at, row in enumerate(rows) for part in _bar(row, at * _ROW))
    grid = "".join(_grid(height - 18))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="{FONTS}" font-size="12" fill="{_INK}">{grid}{body}</svg>'
    )


def _scale(share: float) -> float:
    return round(_LABEL + share * (_WIDTH - _LABEL - _VALUE), 2)


def _grid(bottom: int) -> Iterable[str]:
    for percent in (0, 20, 40, 60, 80, 100):
        x = _scale(percent / 100)
        yield f'<line x1="{x}" y1="0" x2="{x}" y2="{bottom}" stroke="#c8ccd0" stroke-width="0.6"/>'
        yield f'<text x="{x}" y="{bottom + 13}" font-size="10" fill="#666666" text-anchor="middle">{percent}%</text>'


def _bar(row: DimensionRow, top: int) -> Iterable[str]:
    middle = top + _ROW // 2
    y = middle - _BAR // 2
    yield f'<text x="{_LABEL - 8}" y="{middle + 4}" text-anchor="end">{escape(short(row.title, LETTERS))}</text>'
    if row.share is not None:
        left, right, end = _scale(0), _scale(row.share), _scale(max(row.share, row.share_high or 0))
        yield f'<rect x="{left}" y="{y}" width="{_scale(1) - left}" height="{_BAR}" fill="{_TRACK}"/>'
        yield f'<rect x="{right}" y="{y}" width="{round(end - right, 2)}" height="{_BAR}" fill="{_OPEN}"/>'
        yield f'<rect x="{left}" y="{y}" width="{round(right - left, 2)}" height="{_BAR}" fill="{_FULL}"/>'
    if row.share_pass is not None:
        x = _scale(row.share_pass)
        yield f'<line x1="{x}" y1="{y - 3}" x2="{x}" y2="{y + _BAR + 3}" stroke="{_MARK}" stroke-width="1.6"/>'
    yield f'<text x="{_WIDTH - _VALUE + 8}" y="{middle + 4}">{escape(row.rate)}</text>'


def short(text: str, columns: int) -> str:
    """Cut a label to the half-width columns that a chart has for it."""
    taken = 0
    for at, char in enumerate(text):
        taken += 1 if char.isascii() else 2
        if taken > columns:
            return text[: max(at - 1, 1)] + "…"
    return text
