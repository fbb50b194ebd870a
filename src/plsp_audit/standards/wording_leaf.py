"""The leaves of a check in words: comparisons, members, names, dates of one fact or measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plsp_audit.model.catalogue import known
from plsp_audit.model.checks import Comparisons, FactCheck, Operand
from plsp_audit.model.facts import FactField
from plsp_audit.standards.wording_value import amount, literal_text, operand_text, truth, truth_text
from plsp_audit.standards.wording_words import Words, squashed

Mood = Literal["must", "state", "if"]
"""What a check is said as: what must be, what is (inside a sentence), or the condition under which something holds."""

_FILLED = {"choices": "filled_list", "counts": "filled_list", "records": "filled_rows"}
_OPPOSITE = {"at_least": "below", "below": "at_least", "at_most": "above", "above": "at_most", "is_not": "is"}


@dataclass(frozen=True)
class Subject:
    """What is compared: its name, and the fact whose type and unit its values have.

    Attributes:
        label: As it stands in the sentence.
        of: The fact or field that gives literals their meaning.
        scale: What numbers are multiplied by before they are written.
        counted: The name as a number, where it is another than in a comparison: 窗口不少于2, but 按窗口数.
    """

    label: str
    of: FactField
    scale: int = 1
    counted: str = ""

    @property
    def noun(self) -> str:
        """The name as a number."""
        return self.counted or self.label

    def value(self, operand: Operand, words: Words) -> str:
        """Write an operand as a value of this subject."""
        return operand_text(operand, self.of, words, self.scale)


def phrase(mood: Mood, form: str, negated: bool, words: Words, **params: object) -> str:
    """Give the sentence of a form in a mood; a condition speaks like a statement unless it has words of its own."""
    table = f"{mood}_not" if negated else mood
    if not known(f"wording.{table}.{form}", words.lang):
        table = "state_not" if negated else "state"
    return words.say(f"{table}.{form}", **params)


def compare_text(subject: Subject, check: Comparisons, words: Words, mood: Mood, negated: bool) -> str:
    """Write a comparison: 场所面积不少于100㎡."""
    operator = check.operator() or "is"
    if operator == "one_of":
        values = words.either([literal_text(v, subject.of, words, subject.scale) for v in check.one_of or ()])
        return words.say(f"compare.{_is(mood, negated)}", label=subject.label, value=values)
    if operator == "between":
        low, high = (subject.value(v, words) for v in check.between or ())
        return _say_compare("outside" if negated else "between", subject, words, low=low, high=high)
    value = subject.value(check.operand(operator), words)
    if operator == "is":
        operator = _is(mood, negated)
    elif negated:
        operator = _OPPOSITE[operator]
    return _say_compare(operator, subject, words, value=value)


def _is(mood: Mood, negated: bool) -> str:
    if not negated:
        return "is"
    return "ban" if mood == "must" else "is_not"


def _say_compare(operator: str, subject: Subject, words: Words, **params: object) -> str:
    kind = "date" if subject.of.type == "date" else "percent" if subject.of.unit == "%" else ""
    special = f"compare.{kind}.{operator}"
    key = special if kind and known(f"wording.{special}", words.lang) else f"compare.{operator}"
    return words.say(key, label=subject.label, **params)


def fact_text(check: FactCheck, words: Words, mood: Mood, negated: bool, listed: bool) -> str:
    """Write a check of one fact.

    Args:
        check: The check, without its title.
        words: The names to use.
        mood: What it is said as.
        negated: Whether its opposite is meant.
        listed: Whether it stands in a list of things that hold, where a fact of yes or no is named only.
    """
    field = words.field(check.fact)
    label = squashed(field.label)
    operator = check.operator()
    holds = yes_fact(check, field)
    if holds is not None:
        return _truth_text(label, holds != negated, words, mood, listed)
    match operator:
        case "includes" | "excludes":
            return _members_text(check, field, words, mood, negated)
        case "named":
            bearer, plate = _bearer(label, words), words.plate(check.named or "")
            return phrase(mood, "named", negated, words, label=bearer, plate=plate)
        case "mentions":
            items = words.either([words.quote(squashed(w)) for w in check.mentions or ()])
            return phrase(mood, "mentions", negated, words, label=label, items=items)
        case "filled":
            return phrase(mood, _FILLED.get(field.type, "filled"), negated == bool(check.filled), words, label=label)
        case "within_days":
            days, of = amount(check.within_days or "", words), words.label(check.of or "")
            return phrase(mood, "within_days", negated, words, label=label, of=of, days=days)
        case _:
            return compare_text(Subject(label, field), check, words, mood, negated)


def yes_fact(check: FactCheck, field: FactField) -> bool | None:
    """Tell which answer a check of a yes_no fact wants; None for any other check."""
    operator = check.operator()
    if operator is None:
        return True
    wanted = check.operand(operator)
    if field.type != "yes_no" or operator not in ("is", "is_not") or not isinstance(wanted, str):
        return None
    found = truth(wanted)
    return None if found is None else found == (operator == "is")


def _truth_text(label: str, holds: bool, words: Words, mood: Mood, listed: bool) -> str:
    if listed and holds:
        return label.replace("是否", "", 1)
    return words.say(f"yes_no.{mood}", label=label, value=truth_text(holds, words))


def _bearer(label: str, words: Words) -> str:
    """Give what bears a name: 标牌 → 标牌名称, while 场所名称 and 标牌文字 are names themselves."""
    if label.casefold().endswith(tuple(words.say("named.bare").split())):
        return label
    return words.say("named.name", label=label)


def _members_text(check: FactCheck, field: FactField, words: Words, mood: Mood, negated: bool) -> str:
    label = squashed(field.label)
    if check.excludes is not None:
        gone = [words.option(m, field) for m in check.excludes]
        items = words.either(gone) if negated and mood != "must" else words.join(gone)
        return phrase(mood, "excludes", negated, words, label=label, items=items)
    members = check.includes or []
    if isinstance(members, dict):
        names = [_counted(name, wanted, field, words) for name, wanted in members.items()]
    else:
        names = [words.option(m, field) for m in members]
    items = words.join(names)
    if check.need is not None:
        return phrase(mood, "need", negated, words, label=label, items=items, number=amount(check.need, words))
    form = "includes_one" if len(names) == 1 else "includes"
    return phrase(mood, form, negated, words, label=label, items=items)


def _counted(name: str, wanted: Operand, field: FactField, words: Words) -> str:
    number = field.model_copy(update={"type": "number"})
    return words.say("compare.counted", label=words.option(name, field), value=operand_text(wanted, number, words))
