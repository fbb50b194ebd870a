"""Rules held against the dictionary: every name exists, every literal can be read, every operator fits its fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from plsp_audit.model.base import exact
from plsp_audit.model.catalogue import known, say
from plsp_audit.model.checks import (
    AllCheck,
    AnyCheck,
    ByOperand,
    CountMeasure,
    EachCheck,
    FactCheck,
    FactOperand,
    JudgedCheck,
    MeasureCheck,
    NotCheck,
    PercentMeasure,
    RatioMeasure,
    SumMeasure,
)
from plsp_audit.model.facts import NUMERIC, Fact, FactDictionary, FactField
from plsp_audit.model.problem import Worded, enumerated
from plsp_audit.model.site import PLACES, SITE_FIELDS
from plsp_audit.model.text import nearest, nfkc
from plsp_audit.model.values import Fault, ValueFault, offered, read_date, read_number, read_yes_no, shown

Path = tuple[str | int, ...]
NUMBER = FactField(label="", type="number")
DATE = FactField(label="", type="date")
SITE_TEXT = FactField(label="", type="text")
_EQUAL = {"yes_no", "number", "integer", "text", "date", "choice"}
_ORDERED = {"number", "integer", "date"}
FITS: dict[str | None, set[str]] = {
    None: {"yes_no"},
    "is": _EQUAL,
    "is_not": _EQUAL,
    "one_of": _EQUAL,
    "at_least": _ORDERED,
    "at_most": _ORDERED,
    "above": _ORDERED,
    "below": _ORDERED,
    "between": _ORDERED,
    "includes": {"choices", "counts"},
    "excludes": {"choices", "counts"},
    "named": {"text"},
    "mentions": {"text"},
    "within_days": {"date"},
}
MEASURABLE = {"number", "integer", "choices", "counts", "records", "date", "yes_no"}


def _fitting(kind: str) -> list[str]:
    """Give the forms of check that go with a type of fact; rows are looked at by forms of their own."""
    fitting = [operator for operator, types in FITS.items() if operator is not None and kind in types]
    return [*fitting, "filled", *(["each", "count", "sum"] if kind == "records" else [])]


@dataclass(slots=True)
class TypeChecker:
    """Walks the checks of one tier; `faults` takes what is wrong, with paths below the rule."""

    facts: FactDictionary
    tiers: Sequence[str]
    row: Fact | None = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, path: Path, **params: str) -> None:
        """Note a fault."""
        words = {k: type_word(v) if k in ("type", "wanted") else v for k, v in params.items()}
        self.faults.append(Fault(code, words, path))

    def name(self, name: str, path: Path) -> FactField | None:
        """Find a name: the row's field, a fact, or a field of the site block."""
        if self.row is not None and (fid := self.row.field_id(name)) is not None:
            return self.row.fields[fid]
        found = self.facts.get(name)
        if found is not None:
            return found
        if name in SITE_FIELDS:
            return SITE_TEXT
        fields = list(self.row.fields) if self.row is not None else []
        labels = [f.label for f in self.facts.facts.values()]
        near = enumerated(nearest(name, [*fields, *self.facts.facts, *labels]))
        self.fault("unknown_name_near" if near else "unknown_name", path, name=shown(name), near=near)
        return None

    def literal(self, text: str, declared: FactField, path: Path) -> None:
        """Check that a literal can be read by the type it is held against."""
        try:
            match declared.type:
                case "number" | "integer":
                    _number(text, declared)
                case "date":
                    read_date(text)
                case "yes_no":
                    read_yes_no(text)
                case "choice" | "choices" | "counts":
                    if declared.option_id(text) is None:
                        raise ValueFault("not_offered", value=text, offered=offered(declared))
        except ValueFault as fault:
            self.faults.append(Fault(fault.fault.code, {"label": declared.label, **fault.fault.params}, path))

    def operand(self, spec: Any, declared: FactField, path: Path) -> None:
        """Check a literal, a fact operand or a choice by something."""
        if spec is None:
            return
        if isinstance(spec, FactOperand):
            other = self.name(spec.fact, (*path, "fact"))
            if other is not None and not _alike(declared, other, spec.times != 1):
                self.fault("operand_type", path, name=spec.fact, type=other.type, wanted=declared.type)
        elif isinstance(spec, ByOperand):
            self._by(spec, declared, path)
        else:
            self.literal(str(spec), declared, path)

    def number(self, spec: Any, path: Path) -> None:
        """Check an operand where a number is wanted."""
        self.operand(spec, NUMBER, path)

    def _by(self, spec: ByOperand, declared: FactField, path: Path) -> None:
        for key, text in spec.of.items():
            self.literal(text, declared, (*path, "of", key))
        if spec.default is not None:
            self.literal(spec.default, declared, (*path, "default"))
        if spec.by == "tier" and self.facts.find("tier") is None:
            return
        by = self.name(spec.by, (*path, "by"))
        if by is None:
            return
        if by.type in ("choices", "counts", "records"):
            self.fault("by_type", path, name=spec.by, type=by.type)
        for key in spec.of:
            self.literal(key, by, (*path, "of", key))
        if by.type == "choice" and spec.default is None and not by.open:
            left = [o.label for k, o in by.options.items() if k not in {by.option_id(key) for key in spec.of}]
            if left:
                self.fault("by_incomplete", path, name=by.label, missing=enumerated(left))

    def check(self, check: Any, path: Path, top: bool = False) -> None:
        """Check one check; `top` is where a judged one may stand."""
        match check:
            case FactCheck():
                self._leaf(check, path)
            case MeasureCheck():
                spec = check.measure()
                self.measure(spec, path)
                declared = FactField(label="", type="number", unit="%") if isinstance(spec, PercentMeasure) else NUMBER
                operator = check.operator() or ""
                for one in _listed(check.operand(operator)):
                    self.operand(one, declared, (*path, operator))
            case EachCheck():
                inner = self._rows(check.each, (*path, "each"))
                if inner is not None:
                    inner.check(check.each.meets, (*path, "each", "meets"))
            case AllCheck() | AnyCheck():
                key = "all" if isinstance(check, AllCheck) else "any"
                for number, child in enumerate(check.all if isinstance(check, AllCheck) else check.any):
                    self.check(child, (*path, key, number))
            case NotCheck():
                self.check(check.not_, (*path, "not"))
            case JudgedCheck():
                if not top:
                    self.fault("judged_inside", path)

    def _rows(self, rows: Any, path: Path) -> TypeChecker | None:
        records = self.name(rows.of, (*path, "of"))
        if not isinstance(records, Fact) or records.type != "records":
            if records is not None:
                self.fault("not_records", (*path, "of"), name=rows.of, type=records.type)
            return None
        inner = replace(self, row=records)
        if rows.where is not None:
            inner.check(rows.where, (*path, "where"))
        return inner

    def measure(self, spec: Any, path: Path) -> FactField | None:
        """Check a measure; gives the declaration of a plain fact."""
        if isinstance(spec, str):
            declared = self.name(spec, path)
            if declared is not None and declared.type not in MEASURABLE:
                self.fault("not_measurable", path, name=spec, type=declared.type)
            return declared
        if isinstance(spec, CountMeasure):
            self._rows(spec.count, (*path, "count"))
        elif isinstance(spec, SumMeasure):
            inner = self._rows(spec.sum, (*path, "sum"))
            total = inner.name(spec.sum.field, (*path, "sum", "field")) if inner is not None else None
            if total is not None and total.type not in MEASURABLE:
                self.fault("not_measurable", (*path, "sum", "field"), name=spec.sum.field, type=total.type)
        elif isinstance(spec, RatioMeasure | PercentMeasure):
            key = "ratio" if isinstance(spec, RatioMeasure) else "percent"
            for number, side in enumerate(spec.ratio if isinstance(spec, RatioMeasure) else spec.percent):
                self.measure(side, (*path, key, number))
        return None

    def _leaf(self, check: FactCheck, path: Path) -> None:
        declared = self.name(check.fact, (*path, "fact"))
        operator = check.operator()
        if declared is None:
            return
        if operator != "filled" and declared.type not in FITS[operator]:
            fitting = enumerated(_fitting(declared.type))
            code = "bare_not_yes_no" if operator is None else "operator_type"
            self.fault(code, path, name=check.fact, operator=operator or "", type=declared.type, fitting=fitting)
            return
        match operator:
            case "includes":
                self._includes(check, declared, path)
            case "excludes":
                for number, member in enumerate(check.excludes or []):
                    self.literal(member, declared, (*path, "excludes", number))
            case "named":
                self._template(str(check.named), (*path, "named"))
            case "within_days":
                self.number(check.within_days, (*path, "within_days"))
                start = self.name(str(check.of), (*path, "of"))
                if start is not None and start.type != "date":
                    self.fault("operand_type", (*path, "of"), name=str(check.of), type=start.type, wanted="date")
            case "mentions" | "filled" | None:
                if operator == "mentions" and not check.mentions:
                    self.fault("empty_list", (*path, "mentions"))
            case _:
                values = _listed(check.operand(operator))
                if not values:
                    self.fault("empty_list", (*path, operator))
                for one in values:
                    self.operand(one, declared, (*path, operator))

    def _includes(self, check: FactCheck, declared: FactField, path: Path) -> None:
        wanted = check.includes if check.includes is not None else []
        if not wanted:
            self.fault("empty_list", (*path, "includes"))
        for number, member in enumerate(wanted):
            step = member if isinstance(wanted, dict) else number
            self.literal(member, declared, (*path, "includes", step))
        ids = [declared.option_id(m) or m for m in wanted]
        for member in {m for m in ids if ids.count(m) > 1}:
            self.fault("member_listed_twice", (*path, "includes"), member=member)
        if isinstance(wanted, dict):
            if declared.type != "counts":
                self.fault("counts_wanted", (*path, "includes"), name=check.fact)
            for member, least in wanted.items():
                self.number(least, (*path, "includes", member))
        if check.need is not None:
            self.number(check.need, (*path, "need"))
            if isinstance(check.need, str) and check.need.isdigit() and not 1 <= int(check.need) <= len(wanted):
                self.fault("need_too_many", (*path, "need"), need=check.need, count=str(len(wanted)))

    def _template(self, template: str, path: Path) -> None:
        import re

        for place in re.findall(r"\{([^{}]*)\}", template):
            if place not in PLACES:
                self.fault("unknown_place", path, name=place, known=" ".join(f"{{{p}}}" for p in PLACES))
        rest, pairs = re.sub(r"\{[^{}]*\}", "", nfkc(template)), 1
        while pairs:
            rest, pairs = re.subn(r"\[[^\[\]]*\]", "", rest)
        if sign := re.search(r"[\[\]{}]", rest):
            self.fault("bracket_alone", path, sign=sign[0])


def type_word(name: str) -> str:
    """Give a type of facts for a message, with its Chinese word where it has one."""
    key = f"label.fact_type.{name}"
    return Worded(f"{say(key)} {name}", name) if known(key) else name


def _number(text: str, declared: FactField) -> None:
    try:
        exact(text)
    except ValueError:
        read_number(text, declared.unit, declared.unit_aliases)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _alike(declared: FactField, other: FactField, times: bool) -> bool:
    if declared.type in NUMERIC:
        return other.type in NUMERIC
    return not times and (declared.type == other.type or {declared.type, other.type} <= {"text", "choice"})


def rows_of(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Give the faults, each once."""
    seen: set[tuple[str, Path]] = set()
    for fault in faults:
        if (fault.code, fault.path) not in seen:
            seen.add((fault.code, fault.path))
            yield fault
