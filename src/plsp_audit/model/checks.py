"""The check language (spec section 3.3) as it is written.

Literals stay text; the fact they are held against gives them their type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Union

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from plsp_audit.model.base import Exact, Strict, YesNo

COMPARISONS = ("is", "is_not", "one_of", "at_least", "at_most", "above", "below", "between")
FACT_FORMS = (*COMPARISONS, "includes", "excludes", "named", "mentions", "filled", "within_days")


class FactOperand(Strict):
    """The value of another fact, `times` a factor."""

    fact: str
    times: Exact = Field(default=1, validate_default=True)


class ByOperand(Strict):
    """A value chosen by a fact or a site field (`tier`, `county`, …)."""

    by: str
    of: dict[str, str]
    default: str | None = None


def _operand_tag(value: Any) -> str | None:
    if isinstance(value, str | int | float):
        return "~literal"
    if isinstance(value, FactOperand) or (isinstance(value, dict) and "fact" in value):
        return "~fact"
    if isinstance(value, ByOperand) or (isinstance(value, dict) and "by" in value):
        return "~by"
    return None


def literal(value: Any) -> Any:
    """Keep a literal as text, however it came."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


MAX_PIECES = 12
MAX_PLATE = 500


def _plate(value: Any) -> Any:
    """Refuse patterns for names whose pieces multiply: every optional piece doubles what has to be tried."""
    if isinstance(value, str) and value.count("[") + value.count("{") > MAX_PIECES:
        raise PydanticCustomError("too_many_pieces", "{limit}", {"limit": MAX_PIECES})
    if isinstance(value, str) and len(value) > MAX_PLATE:
        raise PydanticCustomError("text_too_long", "{limit}", {"limit": MAX_PLATE})
    return value


Literal_ = Annotated[str, BeforeValidator(literal)]
Operand = Annotated[
    Union[Annotated[Literal_, Tag("~literal")], Annotated[FactOperand, Tag("~fact")], Annotated[ByOperand, Tag("~by")]],
    Discriminator(_operand_tag, custom_error_type="bad_operand", custom_error_message="not an operand"),
]


class Titled(Strict):
    """A check; its `title` is the words under which it is reported."""

    title: str | None = None


def one_form(model: Any, forms: tuple[str, ...], needed: bool) -> None:
    """Refuse a check with two operators, or with none where one is needed."""
    given = [name for name in forms if getattr(model, _ATTRIBUTE.get(name, name)) is not None]
    if len(given) > 1:
        raise PydanticCustomError("two_forms", "{given}", {"given": " / ".join(given)})
    if needed and not given:
        raise PydanticCustomError("no_form", "{known}", {"known": " ".join(forms)})


_ATTRIBUTE = {"is": "is_"}


class Comparisons(Titled):
    """The comparisons that a fact and a measure share. Ends are inclusive for at_least, at_most, between."""

    is_: Operand | None = Field(default=None, alias="is")
    is_not: Operand | None = None
    one_of: list[Literal_] | None = None
    at_least: Operand | None = None
    at_most: Operand | None = None
    above: Operand | None = None
    below: Operand | None = None
    between: Annotated[list[Operand], Field(min_length=2, max_length=2)] | None = None

    def operator(self) -> str | None:
        """Name the one operator that is given, None for none."""
        for name in FACT_FORMS:
            if getattr(self, _ATTRIBUTE.get(name, name), None) is not None:
                return name
        return None

    def operand(self, name: str) -> Any:
        """Give what stands behind operator `name`."""
        return getattr(self, _ATTRIBUTE.get(name, name))


def _how_many(value: Any) -> str:
    return "~numbers" if isinstance(value, Mapping) else "~members"


Members = Annotated[
    Annotated[list[Literal_], Tag("~members")] | Annotated[dict[str, Operand], Tag("~numbers")],
    Discriminator(_how_many),
]


class FactCheck(Comparisons):
    """`premises.access` (yes_no is yes) or `{fact: F, <operator>: …}`."""

    fact: str
    includes: Members | None = None
    need: Operand | None = None
    excludes: list[Literal_] | None = None
    named: Annotated[str | None, BeforeValidator(_plate)] = None
    mentions: list[Literal_] | None = None
    filled: YesNo | None = None
    within_days: Operand | None = None
    of: str | None = None

    @model_validator(mode="after")
    def _one(self) -> FactCheck:
        one_form(self, FACT_FORMS, needed=False)
        if self.need is not None and self.includes is None:
            raise PydanticCustomError("need_without_includes", "need")
        if (self.within_days is None) != (self.of is None):
            raise PydanticCustomError("within_days_of", "within_days")
        return self


class Rows(Strict):
    """Rows of a records fact that meet `where`; inside it a name is the row's field first."""

    of: str
    where: Check | None = None


class FieldSum(Rows):
    """The total of `field` over the rows that meet `where`."""

    field: str


class CountMeasure(Strict):
    """How many rows meet the condition."""

    count: Rows


class SumMeasure(Strict):
    """The total of a field over rows."""

    sum: FieldSum


class RatioMeasure(Strict):
    """F ÷ G; without a denominator (G = 0) not applicable."""

    ratio: Annotated[list[Measure], Field(min_length=2, max_length=2)]


class PercentMeasure(Strict):
    """F ÷ G × 100."""

    percent: Annotated[list[Measure], Field(min_length=2, max_length=2)]


_MEASURES = ("ratio", "percent", "count", "sum")


def _measure_tag(value: Any) -> str | None:
    if isinstance(value, str):
        return "~fact"
    for name in _MEASURES:
        if hasattr(value, name) if isinstance(value, Strict) else isinstance(value, dict) and name in value:
            return f"~{name}"
    return None


Measure = Annotated[
    Union[
        Annotated[str, Tag("~fact")],
        Annotated[CountMeasure, Tag("~count")],
        Annotated[SumMeasure, Tag("~sum")],
        Annotated[RatioMeasure, Tag("~ratio")],
        Annotated[PercentMeasure, Tag("~percent")],
    ],
    Discriminator(_measure_tag, custom_error_type="bad_measure", custom_error_message="not a measure"),
]


class MeasureCheck(Comparisons):
    """`{ratio|percent|count|sum: …, <comparison>: N}`."""

    ratio: Annotated[list[Measure], Field(min_length=2, max_length=2)] | None = None
    percent: Annotated[list[Measure], Field(min_length=2, max_length=2)] | None = None
    count: Rows | None = None
    sum: FieldSum | None = None

    @model_validator(mode="after")
    def _one(self) -> MeasureCheck:
        one_form(self, _MEASURES, needed=True)
        one_form(self, COMPARISONS, needed=True)
        return self

    def measure(self) -> RatioMeasure | PercentMeasure | CountMeasure | SumMeasure:
        """Give what is measured."""
        if self.ratio is not None:
            return RatioMeasure.model_construct(ratio=self.ratio)
        if self.percent is not None:
            return PercentMeasure.model_construct(percent=self.percent)
        if self.count is not None:
            return CountMeasure.model_construct(count=self.count)
        assert self.sum is not None, "validation lets one of the four through"
        return SumMeasure.model_construct(sum=self.sum)


class EachRows(Rows):
    """The rows that are looked at one by one, what each must meet, and what holds when there is none."""

    meets: Check
    when_empty: Literal["met", "not_applicable"] | None = None


class EachCheck(Titled):
    """Every row that meets `where` meets `meets`."""

    each: EachRows


class AllCheck(Titled):
    """All of the checks hold (Kleene logic)."""

    all: Annotated[list[Check], Field(min_length=1)]


class AnyCheck(Titled):
    """One of the checks holds (Kleene logic)."""

    any: Annotated[list[Check], Field(min_length=1)]


class NotCheck(Titled):
    """The check does not hold."""

    not_: Check = Field(alias="not")


class JudgedGuide(Strict):
    """By what the inspector judges."""

    guide: str | None = None


class JudgedCheck(Titled):
    """The inspector awards the points."""

    judged: JudgedGuide


_TAGS: dict[type, str] = {}


def _check_tag(value: Any) -> str | None:
    if isinstance(value, Strict):
        return _TAGS.get(type(value))
    if not isinstance(value, dict):
        return None
    for name in ("each", "all", "any", "not", "judged"):
        if name in value:
            return f"~{name}"
    if any(name in value for name in _MEASURES):
        return "~measure"
    return "~fact" if "fact" in value else None


def _shorthand(value: Any) -> Any:
    return {"fact": value} if isinstance(value, str) else value


Check = Annotated[
    Union[
        Annotated[FactCheck, Tag("~fact")],
        Annotated[MeasureCheck, Tag("~measure")],
        Annotated[EachCheck, Tag("~each")],
        Annotated[AllCheck, Tag("~all")],
        Annotated[AnyCheck, Tag("~any")],
        Annotated[NotCheck, Tag("~not")],
        Annotated[JudgedCheck, Tag("~judged")],
    ],
    Discriminator(_check_tag, custom_error_type="bad_check", custom_error_message="not a check"),
    BeforeValidator(_shorthand),
]


class CheckForms:
    """The classes of checks, for `match` and `isinstance`."""

    ALL: ClassVar[tuple[type[Titled], ...]] = (
        FactCheck, MeasureCheck, EachCheck, AllCheck, AnyCheck, NotCheck, JudgedCheck,
    )  # fmt: skip


_TAGS.update(zip(CheckForms.ALL, ("~fact", "~measure", "~each", "~all", "~any", "~not", "~judged"), strict=True))
for _model in (Rows, FieldSum, CountMeasure, SumMeasure, RatioMeasure, PercentMeasure, MeasureCheck, EachRows,
               EachCheck, AllCheck, AnyCheck, NotCheck):  # fmt: skip
    _model.model_rebuild()
