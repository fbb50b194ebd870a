"""Whole checks in words: trees, rows and measures over the leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from plsp_audit.model.checks import (
    AllCheck,
    AnyCheck,
    Check,
    CountMeasure,
    EachCheck,
    FactCheck,
    FieldSum,
    JudgedCheck,
    Measure,
    MeasureCheck,
    NotCheck,
    Operand,
    PercentMeasure,
    RatioMeasure,
    Rows,
    SumMeasure,
)
from plsp_audit.model.facts import Fact, FactField
from plsp_audit.standards.wording_leaf import Mood, Subject, compare_text, fact_text, phrase, yes_fact
from plsp_audit.standards.wording_value import literal_number, truth_text
from plsp_audit.standards.wording_words import Words, squashed


def render(
    check: Check, words: Words, mood: Mood = "must", *, negated: bool = False, listed: bool = False, depth: int = 0
) -> str:
    """Put a check into words.

    Args:
        check: The check; its own title, where it has one, is all that is said.
        words: The names to use.
        mood: What it is said as.
        negated: Whether its opposite is meant.
        listed: Whether it stands in a list of things that hold.
        depth: How many lists it already stands in, for the numbering.
    """
    if check.title:
        title = squashed(check.title)
        return phrase(mood, "titled", negated, words, title=title, quoted=words.quote(title))
    match check:
        case FactCheck():
            return fact_text(check, words, mood, negated, listed)
        case MeasureCheck():
            return compare_text(measure_subject(check, words), check, words, mood, negated)
        case EachCheck():
            return _each_text(check, words, mood, negated, depth)
        case AllCheck() | AnyCheck():
            return _tree_text(check, words, mood, negated, listed, depth)
        case NotCheck():
            return render(check.not_, words, mood, negated=not negated, listed=listed, depth=depth)
        case JudgedCheck():
            return squashed(check.judged.guide or "").rstrip("。；") or words.say("asked.judged")
        case _:
            assert_never(check)


def _children(check: AllCheck | AnyCheck) -> list[Check]:
    """Give the children of a tree, those of an untitled tree of the same kind in its place."""
    found: list[Check] = []
    for child in check.all if isinstance(check, AllCheck) else check.any:
        same = type(child) is type(check) and not child.title
        found += _children(child) if same and isinstance(child, AllCheck | AnyCheck) else [child]
    return found


def _tree_text(check: AllCheck | AnyCheck, words: Words, mood: Mood, negated: bool, listed: bool, depth: int) -> str:
    children = _children(check)
    if len(children) == 1:
        return render(children[0], words, mood, negated=negated, listed=listed, depth=depth)
    inner: Mood = "state" if negated else mood
    items = [render(child, words, inner, listed=True, depth=depth + 1) for child in children]
    form = "all" if isinstance(check, AllCheck) else "any"
    return phrase(mood, form, negated, words, items=words.listing(items, depth))


def _each_text(check: EachCheck, words: Words, mood: Mood, negated: bool, depth: int) -> str:
    each = check.each
    name, fact = words.records(each.of)
    inside = words.inside(fact)
    names = {"one": words.each_one(name, fact), "row": row_text(each, words)}
    meets = each.meets
    holds = None
    if isinstance(meets, FactCheck) and not meets.title:
        holds = yes_fact(meets, inside.field(meets.fact))
    if negated or mood != "must":
        form = "each_not" if negated else "each_state"
        text = words.say(f"rows.{form}", **names, meets=words.quote(render(meets, inside, "state", listed=True)))
    elif holds is not None and isinstance(meets, FactCheck):
        value = truth_text(holds, words)
        text = words.say("yes_no.each", **names, label=inside.label(meets.fact), value=value)
    else:
        tree = isinstance(meets, AllCheck | AnyCheck) and not meets.title and len(_children(meets)) > 1
        body = render(meets, inside, "state", depth=depth)
        text = words.say("rows.each_list" if tree else "rows.each", **names, meets=body)
    if each.when_empty is None:
        return text
    none = name if each.where is None else words.say("rows.such", row=name)
    return words.say("list.noted", text=text, note=words.say(f"rows.empty.{each.when_empty}", row=none))


def row_text(rows: Rows, words: Words) -> str:
    """Name the rows that are meant: 窗口, 符合“标牌为悬挂或电子屏”的窗口."""
    name, fact = words.records(rows.of)
    if rows.where is None:
        return name
    where = words.quote(render(rows.where, words.inside(fact), "state", listed=True))
    return words.say("rows.where", where=where, row=name)


def _row_field(rows: FieldSum, fact: Fact | None) -> FactField:
    found = fact.field_id(rows.field) if fact is not None else None
    return fact.fields[found] if fact is not None and found is not None else FactField(label=rows.field, type="number")


def measure_name(measure: Measure, words: Words) -> str:
    """Name a measure as a noun: 办结数, 符合“…”的窗口数, 办结数占案件数的比例."""
    return over_subject(measure, (), words).noun


def over_subject(measure: Measure, bounds: Sequence[Operand], words: Words) -> Subject:
    """Give what a measure is compared as, given the bounds it is held against."""
    match measure:
        case str():
            field = words.field(measure)
            return Subject(squashed(field.label), field)
        case CountMeasure():
            _, fact = words.records(measure.count.of)
            form = "rows.count" if measure.count.where is None else "rows.count_where"
            unit = fact.unit if fact is not None else None
            row = row_text(measure.count, words)
            return Subject(words.say(form, row=row), _number(unit), counted=words.say("rows.count_noun", row=row))
        case SumMeasure():
            _, fact = words.records(measure.sum.of)
            field = _row_field(measure.sum, fact)
            label = words.say("rows.sum", row=row_text(measure.sum, words), field=squashed(field.label))
            return Subject(label, _number(field.unit, field.unit_aliases))
        case PercentMeasure():
            return Subject(_quotient("share", measure.percent, words), _number("%"))
        case RatioMeasure():
            # A ratio is a share of a whole unless its bounds go beyond one, as in square metres a person.
            numbers = [literal_number(b, _number(None)) for b in bounds if isinstance(b, str)]
            if any(n is not None and n > 1 for n in numbers):
                return Subject(_quotient("ratio", measure.ratio, words), _number(None))
            return Subject(_quotient("share", measure.ratio, words), _number("%"), 100)
        case _:
            assert_never(measure)


def measure_subject(check: MeasureCheck, words: Words) -> Subject:
    """Give what a measure check compares."""
    operands = [check.is_, check.is_not, check.at_least, check.at_most, check.above, check.below]
    bounds = [o for o in (*operands, *(check.between or ()), *(check.one_of or ())) if o is not None]
    return over_subject(check.measure(), bounds, words)


def _quotient(form: str, measures: Sequence[Measure], words: Words) -> str:
    part, whole = (measure_name(m, words) for m in measures)
    return words.say(f"rows.{form}", part=part, whole=whole)


def _number(unit: str | None, aliases: tuple[str, ...] = ()) -> FactField:
    return FactField(label="", type="number", unit=unit, unit_aliases=aliases)
