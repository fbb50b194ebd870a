"""Awards in words (计分办法), by the fixed phrases of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from plsp_audit.model.awards import (
    Award,
    DeductAward,
    EachMetAward,
    EachMissingAward,
    JudgedAward,
    OverAward,
    PerAward,
    ShareAward,
    StepValue,
    TimesValue,
)
from plsp_audit.model.checks import Measure, Operand
from plsp_audit.model.result import Level
from plsp_audit.standards.wording_branch import branch_text
from plsp_audit.standards.wording_check import over_subject
from plsp_audit.standards.wording_leaf import Subject
from plsp_audit.standards.wording_value import PLAIN, amount, amount_of, literal_number, shown
from plsp_audit.standards.wording_words import Words


@dataclass(frozen=True)
class Stake:
    """What is at stake in a rule: its points, and whether they are earned, added or taken off."""

    points: Fraction
    level: Level = "required"

    @property
    def penalty(self) -> bool:
        """Whether the points are taken off."""
        return self.level == "penalty"

    @property
    def text(self) -> str:
        """The points in digits."""
        return shown(self.points)


def award_words(award: Award | None, stake: Stake, words: Words) -> str:
    """Put an award into words; no award is all or nothing."""
    match award:
        case None:
            return _none_text(stake, words)
        case ShareAward():
            if stake.penalty:
                return words.say("award.penalty.share", points=stake.text)
            return words.keyword("award.share")
        case EachMissingAward():
            return _each_text("each_missing", award.each_missing, stake, words)
        case EachMetAward():
            return _each_text("each_met", award.each_met, stake, words)
        case OverAward():
            return _per_unit_text(award, stake, words) if award.steps is None else _steps_text(award, stake, words)
        case DeductAward():
            return _deduct_text(award, stake, words)
        case PerAward():
            return per_text(award.per, award.points, stake, words)
        case JudgedAward():
            return _judged_text(award, stake, words)
        case _:
            assert_never(award)


def _none_text(stake: Stake, words: Words) -> str:
    if stake.penalty:
        return words.say("award.penalty.none", points=stake.text)
    if stake.level == "bonus":
        return words.say("award.bonus_none", points=stake.text)
    return words.keyword("award.none")


def _each_text(form: str, number: Operand, stake: Stake, words: Words) -> str:
    params = {"number": amount(number, words), "points": stake.text}
    return words.say(f"award.penalty.{form}", **params) if stake.penalty else words.keyword(f"award.{form}", **params)


def _steps_text(award: OverAward, stake: Stake, words: Words) -> str:
    steps = award.steps or []
    subject = over_subject(award.over, [bound for bound, _ in steps], words)
    first, value = steps[0]
    if len(steps) == 1 and _is_zero(first) and isinstance(value, TimesValue) and not stake.penalty:
        return words.say("award.highest", text=_times_text(value, subject, words), points=stake.text)
    items = [_step_text(bound, value, subject, stake, words) for bound, value in steps]
    if not _is_zero(steps[-1][0]):
        items.append(words.say("award.penalty.rest", points=stake.text) if stake.penalty else words.say("award.rest"))
    form = "award.penalty.steps" if stake.penalty else "award.steps"
    return words.say(form, fact=subject.noun, steps=words.say("list.comma").join(items))


def _is_zero(bound: Operand) -> bool:
    return isinstance(bound, str) and literal_number(bound, PLAIN) == 0


def _times_text(value: TimesValue, subject: Subject, words: Words) -> str:
    number = amount(value.times, words)
    form = "award.times_one" if number == "1" else "award.times"
    return words.say(form, fact=subject.noun, number=number)


def _step_text(bound: Operand, value: StepValue, subject: Subject, stake: Stake, words: Words) -> str:
    limit = subject.value(bound, words)
    if isinstance(value, TimesValue):
        times = _times_text(value, subject, words)
        if stake.penalty:
            return words.say("award.penalty.step_less", bound=limit, points=stake.text, value=times)
        return words.say("award.step_times", bound=limit, value=times)
    if not stake.penalty:
        return words.keyword("award.step", bound=limit, points=amount(value, words))
    earned = amount_of(value, words)
    if earned is None:
        return words.say("award.penalty.step_less", bound=limit, points=stake.text, value=amount(value, words))
    cost = max(stake.points - earned, Fraction(0))
    return words.say("award.penalty.step" if cost else "award.penalty.step_free", bound=limit, points=shown(cost))


def _per_unit_text(award: OverAward, stake: Stake, words: Words) -> str:
    below, number = award.below or "", award.per_unit or ""
    subject = over_subject(award.over, [below], words)
    size = "1" if award.unit is None else award.unit
    params = {"fact": subject.noun, "below": subject.value(below, words), "number": amount(number, words)}
    params |= {"points": stake.text, "size": _size_text(size, subject, words)}
    form = "per_size"
    if size == "1" and subject.scale == 1:
        form = {"%": "per_percent", "": "per_plain"}.get(subject.of.unit or "", form)
    if stake.penalty:
        text = words.say(f"award.penalty.{form}", **params)
    elif form == "per_plain":
        text = words.keyword("award.per_unit", **params)
    else:
        text = words.say(f"award.{form}", **params)
    if award.whole_units is None and _counts_whole(award.over, subject):
        return text
    return words.say("list.noted", text=text, note=words.keyword(f"award.whole_units.{award.whole_units or 'none'}"))


def _counts_whole(measure: Measure, subject: Subject) -> bool:
    """Tell whether the measure only has whole values, so that part units need no word."""
    return subject.of.type == "integer" or not isinstance(measure, str) and hasattr(measure, "count")


def _size_text(size: Operand, subject: Subject, words: Words) -> str:
    if subject.of.unit != "%":
        return subject.value(size, words)
    number = amount_of(size, words)
    text = amount(size, words) if number is None else shown(number * subject.scale)
    return words.say("award.size_percent", number=text)


def _deduct_text(award: DeductAward, stake: Stake, words: Words) -> str:
    if award.floor == "none":
        head = words.say("award.floor_none")
    elif stake.penalty:
        head = words.say("award.headed_most", points=stake.text)
    else:
        head = words.keyword("award.deduct")
    return words.say("list.headed", head=head, text=numbered([branch_text(b, words) for b in award.deduct], words))


def numbered(items: Sequence[str], words: Words) -> str:
    """Number several items; one stands alone."""
    return items[0] if len(items) == 1 else words.listing(items, 0)


def per_text(measure: Measure, points: Operand, stake: Stake, words: Words) -> str:
    """Write so much for each: 每项加0.5分，最高2分; for a penalty 每项扣."""
    subject = over_subject(measure, (), words)
    params = {"number": amount(points, words), "points": stake.text}
    if subject.of.unit and subject.of.unit != "%":
        form = "per_unit_off" if stake.penalty else "per_unit_add"
        text = words.say(f"award.{form}", **params, unit=subject.of.unit)
    else:
        text = words.keyword("award.per_deduct" if stake.penalty else "award.per", **params)
    return words.say("award.per", fact=subject.noun, text=text)


def _judged_text(award: JudgedAward, stake: Stake, words: Words) -> str:
    spec = award.judged
    text = words.keyword("award.judged")
    if spec.choices is not None:
        items = words.join([shown(c) for c in spec.choices])
        note = words.say("award.choices", word=words.keyword("award.judging.choices"), items=items)
    else:
        note = words.say("award.range", points=stake.text)
        if spec.step is not None:
            step = words.say("award.step_of", word=words.keyword("award.judging.step"), number=shown(spec.step))
            note = words.say("list.comma").join((note, step))
    text = words.say("list.noted", text=text, note=note)
    return words.say("award.penalty.judged", text=text, points=stake.text) if stake.penalty else text
