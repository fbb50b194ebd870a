"""Small standards and inspections for the properties of scoring: as the engine reads them, and as the oracle does."""

from __future__ import annotations

import calendar
import copy
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import strategies as st

from plsp_audit.analysis.rectification import with_rectification
from plsp_audit.batch.desk import rule_names
from plsp_audit.loading.bind import bind
from plsp_audit.loading.facts import dictionary
from plsp_audit.loading.observer import Observer
from plsp_audit.model.facts import FactsFile
from plsp_audit.model.result import Result
from plsp_audit.model.rules import Rule
from plsp_audit.model.site import SiteFile
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.scoring.assess import assess
from plsp_audit.scoring.compile import CompiledTier, compile_tier
from plsp_audit.scoring.describe import Describer
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.ruletypes import errors
from tests.property.oracle import Sheet

OPTIONS = {"p": "甲账", "q": "乙账", "r": "丙账"}
FACTS: dict[str, Any] = {
    "y1": {"type": "yes_no"},
    "y2": {"type": "yes_no"},
    "y3": {"type": "yes_no"},
    "n1": {"type": "number"},
    "n2": {"type": "number"},
    "i1": {"type": "integer"},
    "t1": {"type": "text"},
    "d1": {"type": "date"},
    "d2": {"type": "date"},
    "c1": {"type": "choice", "options": OPTIONS},
    "c2": {"type": "choice", "open": "true", "options": OPTIONS},
    "m1": {"type": "choices", "options": OPTIONS},
    "m2": {"type": "choices", "open": "true", "options": OPTIONS},
    "k1": {"type": "counts", "options": OPTIONS},
    "r1": {
        "type": "records",
        "fields": {
            "kind": {"label": "类", "type": "choice", "options": OPTIONS},
            "ok": {"label": "合格", "type": "yes_no"},
            "num": {"label": "数", "type": "integer"},
            "tags": {"label": "签", "type": "choices", "options": OPTIONS},
        },
    },
}
KINDS = {name: fact["type"] for name, fact in FACTS.items()}
SIZES = {name: None if "open" in fact else len(OPTIONS) for name, fact in FACTS.items() if "options" in fact}
DICTIONARY = dictionary(
    [FactsFile.model_validate({"plsp": "facts/1", "facts": {k: {"label": f"项{k}", **v} for k, v in FACTS.items()}})]
)


class Seen(NamedTuple):
    """A value as it is written, and what it says."""

    written: Any
    meaning: Any


UNKNOWN = st.sampled_from([Seen(None, None), Seen("未查", None), Seen("", None)])
ABSENT = st.sampled_from([Seen("无", "absent"), Seen("未发生", "absent")])
MEMBER = st.sampled_from(list(OPTIONS))


def _day(day: date) -> Seen:
    return Seen(day.isoformat(), (day.toordinal(), day.toordinal()))


def _month(day: date) -> Seen:
    last = calendar.monthrange(day.year, day.month)[1]
    return Seen(f"{day.year}年{day.month}月", (day.replace(day=1).toordinal(), day.replace(day=last).toordinal()))


def _listed(members: list[str]) -> Seen:
    meaning = {"has": set(members), "hasnt": set(), "open": set(), "rest": False}
    return Seen([OPTIONS[m] for m in members] if len(members) != 1 else OPTIONS[members[0]], meaning)


def _marked(marks: list[str], explicit: bool) -> Seen:
    by: dict[str, set[str]] = {"有": set(), "无": set(), "未查": set(), "": set()}
    for member, mark in zip(OPTIONS, marks, strict=True):
        by[mark].add(member)
    written = {mark: sorted(members) for mark, members in by.items() if mark and members}
    if explicit and "有" not in written:
        written["有"] = []
    if not written:
        return Seen({"无": []}, {"has": set(), "hasnt": set(), "open": set(), "rest": True})
    return Seen(written, {"has": by["有"], "hasnt": by["无"], "open": by["未查"], "rest": "有" not in written})


NUMBERS = st.fractions(min_value=0, max_value=12, max_denominator=4).map(lambda f: Fraction(round(f * 4), 4))
YES_NO = st.sampled_from([Seen("是", True), Seen("true", True), Seen("否", False), Seen("无", False)])
NUMBER = st.one_of(NUMBERS.map(lambda f: Seen(str(float(f)), f)), st.just(Seen("无", Fraction(0))))
INTEGER = st.integers(0, 12).map(lambda n: Seen(str(n), Fraction(n)))
DAYS = st.dates(date(2018, 1, 1), date(2018, 4, 30))
DATE = st.one_of(DAYS.map(_day), DAYS.map(_month), ABSENT)
CHOICE = MEMBER.map(lambda m: Seen(OPTIONS[m], m))
CHOICES = st.one_of(
    st.lists(MEMBER, unique=True).map(_listed),
    st.tuples(st.lists(st.sampled_from(["有", "无", "未查", ""]), min_size=3, max_size=3), st.booleans()).map(
        lambda a: _marked(*a)
    ),
)
COUNTS = st.dictionaries(MEMBER, st.one_of(st.integers(0, 3), st.none()), max_size=3).map(
    lambda d: Seen({k: v if v is None else str(v) for k, v in d.items()}, d)
)


def maybe(known: st.SearchStrategy[Seen]) -> st.SearchStrategy[Seen]:
    return st.one_of(known, known, known, UNKNOWN)


ROW = st.fixed_dictionaries({"kind": maybe(CHOICE), "ok": maybe(YES_NO), "num": maybe(INTEGER), "tags": maybe(CHOICES)})
RECORDS = st.lists(ROW, max_size=3).map(
    lambda rows: Seen(
        [{k: v.written for k, v in row.items()} for row in rows],
        [{k: v.meaning for k, v in row.items()} for row in rows],
    )
)
KNOWN: dict[str, st.SearchStrategy[Seen]] = {
    "y1": YES_NO, "y2": YES_NO, "y3": YES_NO, "n1": NUMBER, "n2": NUMBER, "i1": INTEGER,
    "t1": st.one_of(st.sampled_from(["法律服务", "服务大厅"]).map(lambda t: Seen(t, t)), ABSENT),
    "d1": DATE, "d2": DATE, "c1": st.one_of(CHOICE, ABSENT),
    "c2": st.one_of(CHOICE, ABSENT, st.just(Seen("别的", "别的"))),
    "m1": CHOICES, "m2": CHOICES, "k1": COUNTS, "r1": RECORDS,
}  # fmt: skip
FACTS_SEEN = st.fixed_dictionaries({name: maybe(known) for name, known in KNOWN.items()})

# checks, as the oracle reads them: numbers are fractions, days are pairs

BOUND = st.sampled_from([Fraction(n) for n in (1, 2, 3, 5, 8)] + [Fraction(5, 2), Fraction(2, 3)])
BY = st.one_of(
    st.fixed_dictionaries({"by": st.just("c1"), "of": st.just({"p": Fraction(1), "q": Fraction(2), "r": Fraction(4)})}),
    st.fixed_dictionaries({"by": st.just("c2"), "of": st.just({"p": Fraction(1), "q": Fraction(3)})}),
    st.just({"by": "c2", "of": {"p": Fraction(1)}, "default": Fraction(2)}),
    st.just({"by": "y3", "of": {"true": Fraction(1), "false": Fraction(2)}}),
    st.just({"by": "tier", "of": {"room": Fraction(2), "station": Fraction(9)}}),
    st.just({"by": "tier", "of": {"station": Fraction(9)}}),
)
OPERAND = st.one_of(BOUND, BOUND, BOUND, BY, st.just({"fact": "n2"}), st.just({"fact": "i1", "times": Fraction(2, 3)}))
MEMBERS = st.lists(MEMBER, min_size=1, max_size=3, unique=True)
ORDERED = st.sampled_from(["at_least", "at_most", "above", "below", "is", "is_not"])


def _compare(
    subject: dict[str, Any], operand: st.SearchStrategy[Any], literal: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(ORDERED, operand).map(lambda a: {**subject, a[0]: a[1]}),
        st.lists(operand, min_size=2, max_size=2).map(lambda a: {**subject, "between": a}),
        st.lists(literal, min_size=1, max_size=3).map(lambda a: {**subject, "one_of": a}),
    )


def _numbered(subject: dict[str, Any]) -> st.SearchStrategy[Any]:
    return _compare(subject, OPERAND, BOUND)


DAY_LITERAL = st.one_of(DAYS.map(_day), DAYS.map(_month)).map(lambda s: s.meaning)
ROW_CHECK = st.one_of(
    st.just("ok"), st.just("y1"), st.just({"fact": "kind", "is": "p"}), st.just({"not": "ok"}),
    BOUND.map(lambda n: {"fact": "num", "at_least": n}), st.just({"fact": "num", "at_most": {"fact": "n1"}}),
    st.just({"all": ["ok", {"fact": "kind", "one_of": ["p", "q"]}]}), st.just({"fact": "tags", "includes": ["p"]}),
    st.just({"ratio": ["i1", "n2"], "at_least": Fraction(1)}),
)  # fmt: skip
ROWS = st.one_of(st.just({"of": "r1"}), ROW_CHECK.map(lambda c: {"of": "r1", "where": c}))
COUNTED = st.one_of(ROWS.map(lambda r: {"count": r}), ROWS.map(lambda r: {"sum": {**r, "field": "num"}}))
SIDE = st.one_of(st.sampled_from(["n1", "n2", "i1"]), COUNTED)
RATE = st.one_of(
    st.lists(SIDE, min_size=2, max_size=2).map(lambda p: {"ratio": p}),
    st.lists(SIDE, min_size=2, max_size=2).map(lambda p: {"percent": p}),
)
EACH = st.builds(
    lambda rows, meets, empty: {"each": {**rows, "meets": meets, **({"when_empty": empty} if empty else {})}},
    ROWS, ROW_CHECK, st.sampled_from([None, "met", "not_applicable"]),
)  # fmt: skip
POSITIVE_LEAF = st.one_of(
    st.sampled_from(["y1", "y2", "y3"]),
    st.tuples(st.sampled_from(["n1", "n2"]), BOUND).map(lambda a: {"fact": a[0], "at_least": a[1]}),
    st.tuples(st.sampled_from(["m1", "m2", "k1"]), MEMBERS).map(lambda a: {"fact": a[0], "includes": a[1]}),
    st.tuples(st.sampled_from(["m1", "m2"]), MEMBERS).map(
        lambda a: {"fact": a[0], "includes": a[1], "need": Fraction(1)}
    ),
)
LEAF = st.one_of(
    POSITIVE_LEAF,
    st.sampled_from(["n1", "i1"]).flatmap(lambda n: _numbered({"fact": n})),
    st.sampled_from(["d1", "d2"]).flatmap(lambda n: _compare({"fact": n}, DAY_LITERAL, DAY_LITERAL)),
    st.tuples(st.sampled_from(["c1", "c2"]), MEMBER).map(lambda a: {"fact": a[0], "is": a[1]}),
    st.tuples(st.sampled_from(["c1", "c2"]), MEMBER).map(lambda a: {"fact": a[0], "is_not": a[1]}),
    st.tuples(st.sampled_from(["c1", "c2"]), MEMBERS).map(lambda a: {"fact": a[0], "one_of": a[1]}),
    st.tuples(st.sampled_from(["y1", "y2"]), st.booleans()).map(lambda a: {"fact": a[0], "is": a[1]}),
    st.tuples(st.sampled_from(["m1", "m2", "k1"]), MEMBERS).map(lambda a: {"fact": a[0], "excludes": a[1]}),
    st.tuples(st.sampled_from(sorted(FACTS)), st.booleans()).map(lambda a: {"fact": a[0], "filled": a[1]}),
    st.dictionaries(MEMBER, OPERAND, min_size=1).map(lambda d: {"fact": "k1", "includes": d}),
    st.sampled_from([{"fact": "t1", "mentions": ["法律"]}, {"fact": "t1", "is": "服务大厅"}]),
    OPERAND.map(lambda n: {"fact": "d1", "within_days": n, "of": "d2"}),
    COUNTED.flatmap(_numbered), RATE.flatmap(_numbered), EACH,
)  # fmt: skip


def trees(leaves: st.SearchStrategy[Any], negate: bool = True) -> st.SearchStrategy[Any]:
    def more(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        lists = st.lists(inner, min_size=1, max_size=3)
        found = [lists.map(lambda c: {"all": c}), lists.map(lambda c: {"any": c})]
        return st.one_of(*found, *([inner.map(lambda c: {"not": c})] if negate else []))

    return st.recursive(leaves, more, max_leaves=5)


CHECK = trees(LEAF)
POSITIVE = trees(POSITIVE_LEAF, negate=False)
POINTS = st.sampled_from([Fraction(n) for n in (1, 2, 3, 5, 10)] + [Fraction(1, 2)])
BY_CHECK = st.one_of(
    st.none(), st.just("share"), OPERAND.map(lambda n: {"each_missing": n}), OPERAND.map(lambda n: {"each_met": n})
)
MEASURE = st.one_of(st.sampled_from(["n1", "n2", "i1", "m1", "m2", "k1", "y1"]), COUNTED, RATE)
BRANCH = st.one_of(
    st.builds(lambda c, n: {"when": c, "points": n}, CHECK, OPERAND),
    st.builds(
        lambda m, n, cap: {"per": m, "points": n, **cap},
        MEASURE,
        OPERAND,
        st.sampled_from([{}, {"at_most": Fraction(2)}]),
    ),
    st.builds(
        lambda c, n, cap: {"missing_of": c, "points": n, **cap},
        CHECK,
        OPERAND,
        st.sampled_from([{}, {"at_most": Fraction(3)}]),
    ),
)
STEPS = st.lists(BOUND, min_size=1, max_size=3, unique=True).flatmap(
    lambda bounds: st.lists(POINTS, min_size=len(bounds), max_size=len(bounds)).map(
        lambda worth: [list(pair) for pair in zip(sorted(bounds, reverse=True), worth, strict=True)]
    )
)
OTHER = st.one_of(
    st.builds(lambda m, s: {"over": m, "steps": s}, MEASURE, STEPS),
    st.builds(
        lambda m, each, below, whole, unit: {"over": m, "per_unit": each, "below": below, **whole, **unit},
        MEASURE, OPERAND, OPERAND, st.sampled_from([{}, {"whole_units": "up"}, {"whole_units": "down"}]),
        st.sampled_from([{}, {"unit": Fraction(2)}]),
    ),
    st.builds(lambda m, n: {"per": m, "points": n}, MEASURE, OPERAND),
    st.lists(BRANCH, min_size=1, max_size=3).map(lambda b: {"deduct": b}),
    st.lists(BRANCH.filter(lambda b: "when" in b or "at_most" in b), min_size=1, max_size=2).map(
        lambda b: {"deduct": b, "floor": "none"}
    ),
)  # fmt: skip


def _scored(points: Fraction, check: Any, award: Any, other: Any, alone: bool) -> dict[str, Any]:
    if alone:
        return {"points": points, "award": other}
    return {"points": points, "check": check} | ({"award": award} if award is not None else {})


SCORED = st.builds(_scored, POINTS, CHECK, BY_CHECK, OTHER, st.booleans())


def _guard(one: dict[str, Any], when: Any, na: bool) -> dict[str, Any]:
    return (
        {"title": "一项"} | one | ({"when": when} if when is not None else {}) | ({"na_allowed": "true"} if na else {})
    )


GUARDED = st.builds(_guard, SCORED, st.one_of(st.none(), st.none(), CHECK), st.booleans())


def _rule(one: dict[str, Any], parts: list[dict[str, Any]], more: dict[str, Any]) -> dict[str, Any]:
    if parts:
        kept = {k: v for k, v in one.items() if k in ("when", "na_allowed", "title")}
        return {**kept, "points": sum(p["points"] for p in parts), "parts": parts, **more}
    return {**one, **more}


MORE = st.fixed_dictionaries(
    {"dimension": st.sampled_from(["x", "y"])},
    optional={
        "level": st.sampled_from(["required", "recommended", "bonus", "penalty", "info"]),
        "not_applicable": st.sampled_from(["exclude", "full", "zero"]),
    },
)
RULE = st.builds(_rule, GUARDED, st.one_of(st.just([]), st.just([]), st.lists(GUARDED, min_size=1, max_size=3)), MORE)
RULES = st.lists(RULE, min_size=1, max_size=5).map(lambda rules: [{"id": f"R{n}", **r} for n, r in enumerate(rules)])
SCORING = st.fixed_dictionaries({
    "model": st.sampled_from(["normalised", "weighted", "sum"]),
    "full_marks": st.sampled_from([Fraction(100), Fraction(90)]),
    "base": st.sampled_from([Fraction(0), Fraction(50)]),
    "not_applicable": st.sampled_from(["exclude", "full", "zero"]),
    "not_checked": st.sampled_from(["zero", "exclude"]),
    "max_total": st.sampled_from([None, Fraction(100)]),
    "bonus_cap": st.sampled_from([None, Fraction(3)]),
})  # fmt: skip
DIMENSIONS = [{"id": "x", "title": "甲类", "weight": Fraction(3)}, {"id": "y", "title": "乙类", "weight": Fraction(7)}]
GRADES = [{"id": "good", "title": "好", "from": 80}, {"id": "poor", "title": "差", "from": 0}]


def written(node: Any) -> Any:
    """Give a check, award or rule as a file holds it: every scalar is text."""
    if isinstance(node, dict):
        return {str(k): written(v) for k, v in node.items()}
    if isinstance(node, list):
        return [written(v) for v in node]
    if isinstance(node, tuple):
        first, last = (date.fromordinal(n) for n in node)
        return first.isoformat() if first == last else f"{first.year}-{first.month:02}"
    if isinstance(node, bool):
        return "true" if node else "false"
    return node if node is None else str(node)


class Pack:
    """A generated standard, compiled, and what the oracle needs of it."""

    def __init__(self, rules: list[dict[str, Any]], scoring: dict[str, Any]) -> None:
        self.rules, self.scoring = rules, scoring
        about = {"title": "规则", "clause": {"source": "doc", "at": "一"}, "dimension": "x"}
        body: dict[str, Any] = {
            "id": "made", "title": "生成", "issuer": None, "issued": None, "province": None, "points_basis": "assigned",
            "notes": None, "sources": [{"id": "doc", "title": "文"}], "parameters": {},
            "dimensions": written(DIMENSIONS),
            "scoring": written(scoring) | {"rounding": {"places": 0, "mode": "half_up"}}, "grades": written(GRADES),
            "tiers": [{"id": "room", "title": "室", "rules": "room.yaml"}], "facts": DICTIONARY,
            "rules": {"room": [Rule.model_validate(about | written(rule)) for rule in rules]},
        }  # fmt: skip
        self.standard = ResolvedStandard.model_validate(body)
        found = errors(Resolution(self.standard, None))  # type: ignore[arg-type]
        assert not found, [p.text("en") for p in found]
        self.compiled: CompiledTier = compile_tier(self.standard, "room")
        self.names = rule_names(self.standard, "room")
        self.observer, self.describer = Observer(DICTIONARY), Describer(self.compiled, "test")

    def score(self, facts: dict[str, Seen], **blocks: Any) -> tuple[Result, Any]:
        """Give the result and the exact assessment of an inspection."""
        site = {"id": "s", "name": "某室", "tier": "room", "county": "甲县"}
        tree = {"plsp": "site/1", "site": site, "inspection": {"date": "2020-06-01"},
                "facts": {k: copy.deepcopy(v.written) for k, v in facts.items()}, **blocks}  # fmt: skip
        file = SiteFile.model_validate(tree)
        bound = bind(file, tree, self.standard, "room", self.names, self.observer)
        assert not bound.faults, bound.faults
        assessment = assess(self.compiled, bound.inspection)
        return with_rectification(self.describer.result(bound.inspection, assessment), self.standard), assessment

    def sheet(self, facts: dict[str, Seen]) -> Sheet:
        included: dict[str, set[str]] = {}
        for rule in self.rules:
            _walk(rule, lambda c: included.setdefault(c["fact"], set()).update(c["includes"]))
        return Sheet(KINDS, SIZES, included, {k: v.meaning for k, v in facts.items()}, "room")


def _walk(node: Any, note: Callable[[dict[str, Any]], object]) -> None:
    if isinstance(node, dict):
        if "includes" in node and node["fact"] in KINDS:
            note(node)
        for value in node.values():
            _walk(value, note)
    elif isinstance(node, list):
        for value in node:
            _walk(value, note)
