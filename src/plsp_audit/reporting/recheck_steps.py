"""The bridge of a recheck as the steps of a table and of a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from plsp_audit.model.base import rounded
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.recheck import Bridge, Line, Recheck
from plsp_audit.reporting.recheck_rows import speaker
from plsp_audit.reporting.wording import clean, number, signed

_PLACES: Final = 2
_TICKS: Final = 6
MOST_BARS: Final = 26
"""Bars that a chart can show; the smallest are put together beyond."""

StepKind = Literal["total", "rule", "other"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way from one score to the other.

    Attributes:
        rule: The rule's id, empty where it is none.
        note: What became of it, and whether it came into play or went out of it.
        change: As it is printed; empty at a total.
        start: Where the score stands before the step, in points; `end` after it. At a total both are the score.
        shown: What is printed as its change, rounded.
    """

    kind: StepKind
    rule: str
    title: str
    note: str
    change: str
    running: str
    start: Fraction
    end: Fraction
    shown: Fraction = Fraction(0)

    @property
    def move(self) -> Fraction:
        """What the step adds."""
        return self.end - self.start


def between_shown(start: Fraction, end: Fraction) -> Fraction:
    """Give the difference of two scores as they are printed, so that who subtracts on paper gets what stands there."""
    return rounded(end, _PLACES) - rounded(start, _PLACES)


def steps(found: Recheck, lang: Lang) -> tuple[Step, ...]:
    """Give the whole way: the old score, the standard's part, the rules, what is left, the new score."""
    if found.bridge is None:
        return ()
    said = speaker(lang)
    between = found.standard.bridge if found.standard is not None else None
    start = between.start if between is not None else found.bridge.start
    way = [_total(said("line.before"), start)]
    if between is not None:
        step = _step("other", "", said("line.standard"), "", between.change, between.start)
        shown = between_shown(between.start, between.end)
        way.append(replace(step, change=signed(shown), shown=shown))
        way.append(_total(said("line.middle"), between.end))
    way += _lines(found.bridge, lang)
    way.append(_total(said("line.after"), found.bridge.end))
    return tuple(way)


def standard_steps(found: Recheck, lang: Lang) -> tuple[Step, ...]:
    """Give the steps of the standard's part."""
    between = found.standard.bridge if found.standard is not None else None
    if between is None:
        return ()
    said = speaker(lang)
    whole = (_total(said("line.before"), between.start), _total(said("line.middle"), between.end))
    return (whole[0], *_lines(between, lang), whole[1])


def bars(way: Sequence[Step], lang: Lang) -> tuple[Step, ...]:
    """Give the steps that a chart shows: gains by size, then losses, the rest; too many small ones put together.

    Every part between two totals is sorted by itself, so that what stands at a total stays there.
    """
    shown: list[Step] = []
    part: list[Step] = []
    room = MOST_BARS - sum(step.kind == "total" or step.kind == "other" and step.move != 0 for step in way)
    for step in way:
        if step.kind == "total":
            shown += _sorted(part, room, lang)
            part = []
            shown.append(step)
        elif step.move:
            part.append(step)
    return tuple(shown)


def axis(bars: Sequence[Step]) -> tuple[Fraction, Fraction, Fraction]:
    """Give the ends of a chart's axis, on ticks, and the distance of the ticks."""
    marks = [mark for bar in bars for mark in (bar.start, bar.end)]
    low, high = min(marks), max(marks)
    tick = Fraction(1, 100)
    for step in (Fraction(n, 100) * 10**power for power in range(6) for n in (1, 2, 5)):
        tick = step
        if step * _TICKS >= high - low:
            break
    first, last = low // tick * tick, -(-high // tick) * tick
    return first, last if last > first else first + tick, tick


def _sorted(part: Sequence[Step], room: int, lang: Lang) -> Iterator[Step]:
    if not part:
        return
    at = part[0].start
    rules = sorted((s for s in part if s.kind == "rule"), key=lambda s: abs(s.move), reverse=True)
    kept, small = (rules, []) if len(rules) <= room else (rules[: room - 1], rules[room - 1 :])
    ordered = sorted(kept, key=lambda s: s.move, reverse=True)
    if small:
        title = speaker(lang)("line.rest", count=len(small))
        ordered.append(_step("rule", "", title, "", sum((s.move for s in small), Fraction(0)), at))
    for step in [*ordered, *(s for s in part if s.kind == "other")]:
        yield replace(step, running=number(at + step.move), start=at, end=at + step.move)
        at += step.move


def _lines(bridge: Bridge, lang: Lang) -> Iterator[Step]:
    at = bridge.start
    for line in bridge.lines:
        if prints(line):
            yield _line(line, at, lang)
        at += line.change
    if shown := _left_by_rounding(bridge):
        yield Step("other", "", speaker(lang)("line.shown"), "", signed(shown), number(at), at, at, shown)


def prints(line: Line) -> bool:
    """Tell whether a line is worth printing: what stored decimals leave out mostly is too little to be seen."""
    return line.kind != "recorded" or bool(rounded(line.change, _PLACES))


def _left_by_rounding(bridge: Bridge) -> Fraction:
    """Give what the lines, each rounded for paper, differ from the totals, rounded likewise: so that sums are right."""
    shown = sum((rounded(line.change, _PLACES) for line in bridge.lines), Fraction(0))
    return between_shown(bridge.start, bridge.end) - shown


def _line(line: Line, at: Fraction, lang: Lang) -> Step:
    said = speaker(lang)
    if line.kind != "rule":
        return _step("other", "", said(f"line.{line.kind}"), "", line.change, at)
    notes = [said(f"outcome.{line.outcome}")] if line.outcome is not None else []
    notes += [said("line.play")] if line.play else []
    return _step("rule", line.rule, clean(line.title, lang, 200), "\n".join(notes), line.change, at)


def _step(kind: StepKind, rule: str, title: str, note: str, change: Fraction, at: Fraction) -> Step:
    return Step(kind, rule, title, note, signed(change), number(at + change), at, at + change, rounded(change, _PLACES))


def _total(title: str, score: Fraction) -> Step:
    return Step("total", "", title, "", "", number(score), score, score)
