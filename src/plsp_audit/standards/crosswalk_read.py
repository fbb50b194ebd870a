"""From a check to the single asks that it comes down to, its negations carried to the leaves."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from plsp_audit.model.checks import (
    AllCheck,
    AnyCheck,
    ByOperand,
    Check,
    CountMeasure,
    EachCheck,
    FactCheck,
    FactOperand,
    Measure,
    MeasureCheck,
    NotCheck,
    PercentMeasure,
    RatioMeasure,
    SumMeasure,
)
from plsp_audit.model.facts import Fact, FactField
from plsp_audit.model.text import folded, squeezed
from plsp_audit.standards.amounts import NUMBER, View, number, numbers
from plsp_audit.standards.crosswalk_asks import PRESENT, WHEN_EMPTY, Ask, Bound, Condition, Rows, Spot, Tree, grouped
from plsp_audit.standards.crosswalk_values import chosen_bound, spellings, whole
from plsp_audit.standards.wording_check import render
from plsp_audit.standards.wording_value import truth
from plsp_audit.standards.wording_words import Words

_OPPOSITE = {"at_least": "below", "below": "at_least", "at_most": "above", "above": "at_most"}
_ONE = Fraction(1)
_PERCENT = Fraction(1, 100)
Say = Callable[[Check, bool], str]


@dataclass(frozen=True)
class Reader:
    """Reads the checks of one tier.

    Attributes:
        view: From where names and numbers are looked up.
        words: How the asks are put into words.
        conditions: Under what alone everything that is read here is asked.
        say: Puts a leaf, or its opposite, into words.
        row: The records fact inside whose rows names are looked up, by id.
        every: Whether each row is meant, not a choice of them.
    """

    view: View
    words: Words
    conditions: frozenset[Condition] = frozenset()
    say: Say | None = None
    row: str | None = None
    every: bool = False

    def tree(self, check: Check | None, negated: bool = False) -> Tree | None:
        """Give the asks of a check, or of its opposite; None where it asks nothing of a fact."""
        match check:
            case FactCheck():
                return self._fact(check, negated)
            case MeasureCheck():
                return self._measured(check, negated)
            case EachCheck():
                return self._each(check, negated)
            case AllCheck() | AnyCheck():
                children = check.all if isinstance(check, AllCheck) else check.any
                found = [tree for child in children if (tree := self.tree(child, negated)) is not None]
                return grouped(found, isinstance(check, AnyCheck) != negated)
            case NotCheck():
                return self.tree(check.not_, not negated)
            case _:
                return None

    def text(self, leaf: Check, negated: bool) -> str:
        """Put a leaf into words."""
        if self.say is not None:
            return self.say(leaf, negated)
        return render(leaf, self.words, "must", negated=negated)

    def inside(self, records: str, every: bool = False, say: Say | None = None) -> Reader:
        """Give the reader inside the rows of a records fact."""
        fact = self.view.facts.get(records)
        words = self.words.inside(fact)
        return replace(self, view=self.view.inside(records), words=words, row=self._fact_id(records), every=every,
                       say=say, conditions=frozenset())  # fmt: skip

    def condition(self, check: Check) -> Condition:
        """Give a check as a condition."""
        return Condition(self.tree(check), render(check, self.words, "if"))

    def spot(self, name: str) -> tuple[Hashable, tuple[Spot, ...]]:
        """Give what a name stands for, as a subject, and the fact or field that it is."""
        if self.row is not None:
            fact = self.view.row
            found = fact.field_id(name) if isinstance(fact, Fact) else None
            if found is not None:
                return ("each" if self.every else "row", self.row, found), ((self.row, found),)
        fid = self.view.facts.find(name)
        return (("fact", fid), ((fid, None),)) if fid is not None else (("site", folded(name)), ())

    def _fact_id(self, name: str) -> str:
        return self.view.facts.find(name) or name

    def _declared(self, name: str) -> FactField:
        return self.words.field(name)

    def _fact(self, check: FactCheck, negated: bool) -> Tree | None:
        subject, spots = self.spot(check.fact)
        declared = self._declared(check.fact)
        bare = check.model_copy(update={"title": None})
        ask = Ask(subject, "other", conditions=self.conditions, spots=spots, text=self.text(bare, negated))
        operator = check.operator()
        if declared.type == "yes_no" and operator in (None, "is", "is_not"):
            wanted = True if operator is None else truth(str(check.operand(operator)))
            return replace(ask, kind="truth", value=(wanted != (operator == "is_not")) != negated)
        if operator in ("includes", "excludes"):
            return self._members(check, declared, ask, negated)
        if operator in ("named", "mentions", "filled", "within_days"):
            return self._said(check, ask, operator, negated)
        return self._compared(check, declared, ask, negated)

    def _said(self, check: FactCheck, ask: Ask, operator: str, negated: bool) -> Tree:
        if operator == "filled":
            return replace(ask, kind="filled", value=bool(check.filled) != negated)
        if operator == "within_days" and not negated:
            return replace(ask, kind="within", value=self.spot(check.of or "")[0], bound=self.bound(check.within_days))
        if operator == "named" and not negated:
            return replace(ask, kind="named", value=frozenset(spellings(check.named or "")))
        if operator == "mentions" and not negated:
            return replace(ask, kind="mentions", value=frozenset(squeezed(w) for w in check.mentions or ()))
        given = check.named or tuple(check.mentions or ()) or (self.spot(check.of or "")[0], str(check.within_days))
        return replace(ask, value=(operator, negated, given))

    def _members(self, check: FactCheck, declared: FactField, ask: Ask, negated: bool) -> Tree | None:
        names = list(check.includes if check.includes is not None else check.excludes or ())
        ids = {name: declared.option_id(name) or folded(name) for name in names}
        if check.excludes is not None:
            if negated:
                return replace(ask, kind="need", value=frozenset(ids.values()), bound=PRESENT)
            return grouped([self._named(ask, "lacks", n, ids[n], declared) for n in names], either=False)
        if check.need is not None or (negated and len(names) > 1):
            bound = self.bound(check.need)
            value: Hashable = frozenset(ids.values())
            if negated:
                return replace(ask, value=("not_all", value, bound))
            return replace(ask, kind="need", value=value, bound=bound)
        found: list[Tree] = []
        for name in names:
            one = self._named(ask, "lacks" if negated else "member", name, ids[name], declared)
            wanted = check.includes[name] if isinstance(check.includes, dict) else None
            found.append(replace(one, bound=PRESENT if wanted is None else self.bound(wanted)))
        return grouped(found, either=False)

    def _named(self, ask: Ask, kind: Any, name: str, oid: str, declared: FactField) -> Ask:
        return replace(ask, kind=kind, value=oid, name=self.words.option(name, declared))

    def _measured(self, check: MeasureCheck, negated: bool) -> Tree | None:
        subject, spots, scale = self.measure(check.measure())
        declared = FactField(label="", type="number", unit="%") if check.percent is not None else NUMBER
        if check.count is not None:
            declared = FactField(label="", type="integer")
        bare = check.model_copy(update={"title": None})
        ask = Ask(subject, "other", conditions=self.conditions, spots=spots, text=self.text(bare, negated))
        return self._compared(check, declared, ask, negated, scale)

    def measure(self, measure: Measure) -> tuple[Hashable, tuple[Spot, ...], Fraction]:
        """Give a measure as a subject, what it looks at, and by what its bounds are multiplied to be alike."""
        match measure:
            case str():
                return (*self.spot(measure), _ONE)
            case CountMeasure() | SumMeasure():
                rows = measure.count if isinstance(measure, CountMeasure) else measure.sum
                records, inside = self._fact_id(rows.of), self.inside(rows.of)
                where = inside.tree(rows.where)
                spots = dict.fromkeys(_spots(where))
                own: Hashable = None
                if isinstance(measure, SumMeasure):
                    own, more = inside.spot(measure.sum.field)
                    spots = dict.fromkeys((*more, *spots))
                subject = Rows("count" if isinstance(measure, CountMeasure) else "sum", records, own, where)
                return subject, tuple(spots) or ((records, None),), _ONE
            case RatioMeasure() | PercentMeasure():
                sides = measure.ratio if isinstance(measure, RatioMeasure) else measure.percent
                (top, seen, _), (bottom, more, _) = (self.measure(side) for side in sides)
                scale = _PERCENT if isinstance(measure, PercentMeasure) else _ONE
                return ("ratio", top, bottom), tuple(dict.fromkeys((*seen, *more))), scale

    def _compared(
        self, check: FactCheck | MeasureCheck, declared: FactField, ask: Ask, negated: bool, scale: Fraction = _ONE
    ) -> Tree | None:
        operator = check.operator() or "is"
        numeric = declared.type in ("number", "integer", "date")
        ask = replace(ask, date=declared.type == "date")
        if operator == "between":
            low, high = check.between or ("", "")
            ends: list[Tree] = [
                self._end(ask, "below" if negated else "at_least", low, declared, scale),
                self._end(ask, "above" if negated else "at_most", high, declared, scale),
            ]
            return grouped(ends, either=negated)
        if operator in _OPPOSITE:
            end = _OPPOSITE[operator] if negated else operator
            return self._end(ask, end, check.operand(operator), declared, scale)
        wanted: list[Any] = list(check.one_of or ()) if operator == "one_of" else [check.operand(operator)]
        negated = negated != (operator == "is_not")
        if numeric and not negated and operator == "is":
            ends = [self._end(ask, end, wanted[0], declared, scale) for end in ("at_least", "at_most")]
            return grouped(ends, either=False)
        return self._options(ask, declared, wanted, negated)

    def _options(self, ask: Ask, declared: FactField, wanted: list[Any], negated: bool) -> Tree | None:
        ids = {str(self._value(v, declared)): v for v in wanted}
        if not negated:
            return replace(ask, kind="one_of", value=frozenset(ids))
        if declared.type == "choice" and not declared.open and declared.options:
            return replace(ask, kind="one_of", value=frozenset(o for o in declared.options if o not in ids))
        return grouped([self._named(ask, "lacks", str(v), oid, declared) for oid, v in ids.items()], either=False)

    def _value(self, literal: Any, declared: FactField) -> Hashable:
        if not isinstance(literal, str):
            return ("operand", literal.model_dump_json())
        if declared.type in ("number", "integer", "date"):
            found = number(literal, declared)
            return found if found is not None else folded(literal)
        return declared.option_id(literal) or squeezed(literal)

    def _end(self, ask: Ask, operator: str, operand: Any, declared: FactField, scale: Fraction) -> Ask:
        bound = self.bound(operand, declared, scale, operator in ("above", "below"))
        up = operator in ("at_least", "above")
        if declared.type in ("integer", "date"):
            bound = whole(bound, up)
        return replace(ask, kind="low" if up else "high", bound=bound)

    def bound(
        self, operand: Any, declared: FactField = NUMBER, scale: Fraction = _ONE, strict: bool = False
    ) -> Bound:
        """Give an operand as a bound."""
        if isinstance(operand, FactOperand):
            return Bound(strict=strict, times=operand.times * scale, key=("fact", self.spot(operand.fact)[0]))
        if isinstance(operand, ByOperand):
            by, _ = self.spot(operand.by)
            return chosen_bound(operand, self.view, self.words.field(operand.by), declared, ("by", by), scale, strict)
        found = tuple(n * scale for n in numbers(operand, self.view, declared) or ())
        return Bound(found, strict, key=None if found else str(operand))

    def _each(self, check: EachCheck, negated: bool) -> Tree | None:
        each = check.each
        records = self._fact_id(each.of)
        inner = self.inside(each.of, every=True)
        where = self.inside(each.of).condition(each.where) if each.where is not None else None
        if negated:
            meets = self.inside(each.of).tree(each.meets)
            spots = tuple(dict.fromkeys(_spots(meets))) or ((records, None),)
            key = ("not_each", where.key if where else None, meets)
            return Ask(("fact", records), "other", key, spots=spots, text=self.text(check, True))

        def say(leaf: Check, opposite: bool) -> str:
            meets = NotCheck.model_construct(title=None, not_=leaf) if opposite else leaf
            rows = each.model_copy(update={"meets": meets, "when_empty": None})
            return self.text(check.model_copy(update={"each": rows, "title": None}), False)

        limits = [*self.conditions, *([replace(where, said=True)] if where is not None else [])]
        if each.when_empty is not None:
            text = self.words.say(f"rows.empty.{each.when_empty}", row=self.words.records(each.of)[0])
            limits.append(Condition(WHEN_EMPTY, text))
        return replace(inner, say=say, conditions=frozenset(limits)).tree(each.meets)


def _spots(tree: Tree | None) -> tuple[Spot, ...]:
    if tree is None:
        return ()
    return tree.spots if isinstance(tree, Ask) else tuple(spot for item in tree.items for spot in _spots(item))
