"""The way from one score to another as a waterfall, drawn as inline SVG so that it also prints without colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from typing import Final

from plsp_audit.reporting.charts import FONTS, short
from plsp_audit.reporting.recheck_steps import Step, axis

_WIDTH: Final = 640
_LABEL: Final = 216
_VALUE: Final = 58
_ROW: Final = 18
_BAR: Final = 11
_FOOT: Final = 20
_LETTERS: Final = 34
_INK, _GRID, _UP, _DOWN, _DOWN_EDGE, _TOTAL, _JOIN = (
    "#222222", "#d5dadf", "#4d6e93", "#f3deda", "#8a2f2f", "#222222", "#7d8791",
)  # fmt: skip


def waterfall(bars: Sequence[Step], title: str) -> str:
    """Draw the way: a mark at each total, a bar for each step, joined where one ends and the next begins.

    Args:
        bars: The steps, totals among them.
        title: What the chart shows, for readers who cannot see it.
    """
    low, high, tick = axis(bars)
    bottom = _ROW * len(bars)
    body = "".join(part for at, bar in enumerate(bars) for part in _bar(bar, at * _ROW, low, high))
    joins = "".join(_joins(bars, low, high))
    grid = "".join(_grid(low, high, tick, bottom))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {bottom + _FOOT}" role="img" '
        f'aria-label="{escape(title)}" font-family="{FONTS}" font-size="11" fill="{_INK}">{grid}{joins}{body}</svg>'
    )


def _x(value: Fraction, low: Fraction, high: Fraction) -> float:
    return round(_LABEL + float((value - low) / (high - low)) * (_WIDTH - _LABEL - _VALUE), 2)


def _grid(low: Fraction, high: Fraction, tick: Fraction, bottom: int) -> Iterable[str]:
    at = low
    while at <= high:
        x = _x(at, low, high)
        yield f'<line x1="{x}" y1="0" x2="{x}" y2="{bottom}" stroke="{_GRID}" stroke-width="0.6"/>'
        text = f"{float(at):g}"
        yield f'<text x="{x}" y="{bottom + 14}" font-size="10" fill="#666666" text-anchor="middle">{text}</text>'
        at += tick


def _joins(bars: Sequence[Step], low: Fraction, high: Fraction) -> Iterable[str]:
    for at in range(len(bars) - 1):
        x, y = _x(bars[at].end, low, high), at * _ROW + _ROW // 2
        yield (
            f'<line x1="{x}" y1="{y}" x2="{x}" y2="{y + _ROW}" stroke="{_JOIN}" stroke-width="0.6" '
            'stroke-dasharray="2 2"/>'
        )


def _bar(bar: Step, top: int, low: Fraction, high: Fraction) -> Iterable[str]:
    middle = top + _ROW // 2
    y = middle - _BAR / 2
    label = short(f"{bar.rule} {bar.title}".strip(), _LETTERS)
    yield f'<text x="{_LABEL - 8}" y="{middle + 4}" text-anchor="end">{escape(label)}</text>'
    if bar.kind == "total":
        x = _x(bar.end, low, high)
        yield f'<path d="M{x} {y - 1}l6 {_BAR / 2 + 1}l-6 {_BAR / 2 + 1}l-6 -{_BAR / 2 + 1}z" fill="{_TOTAL}"/>'
        yield f'<text x="{_WIDTH - _VALUE + 8}" y="{middle + 4}">{escape(bar.running)}</text>'
        return
    left, right = sorted((_x(bar.start, low, high), _x(bar.end, low, high)))
    fill, edge = (_UP, _UP) if bar.move >= 0 else (_DOWN, _DOWN_EDGE)
    width = round(max(right - left, 1), 2)
    yield f'<rect x="{left}" y="{y}" width="{width}" height="{_BAR}" fill="{fill}" stroke="{edge}" stroke-width="0.8"/>'
    yield f'<text x="{_WIDTH - _VALUE + 8}" y="{middle + 4}">{escape(bar.change)}</text>'
