"""An inspection file (`plsp: site/1`, spec section 3.4): as it is written, and bound to a standard's dictionary."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from plsp_audit.model.base import Exact, Strict
from plsp_audit.model.result import InspectionInfo, SiteInfo
from plsp_audit.model.values import ABSENT_WORDS, MAX_TEXT, UNKNOWN_WORDS, Value, ValueFault, read_date

Kind = Literal["self", "acceptance", "recheck", "spot_check"]
PLACES = ("province", "city", "county", "town", "village")
SITE_FIELDS = ("tier", "id", "name", *PLACES)
"""Site fields that a check or `by` may name."""

MAX_NAME = 200
MAX_LIST = 200
# What Windows, Kylin or a shell takes amiss in a file name; blanks and dots at the ends get lost there.
_UNSAFE_ID = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|^[\s.]|[\s.]$")
_DEVICE = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)


def _blank(value: Any) -> bool:
    return value is None or isinstance(value, str) and value.strip() in UNKNOWN_WORDS


def _filled(value: Any) -> Any:
    """Refuse nothing and blanks where something must stand."""
    if value is None or isinstance(value, str) and not value.strip():
        raise PydanticCustomError("not_filled", "not filled")
    return value


def _limited(limit: int) -> Any:
    def check(value: Any) -> Any:
        if isinstance(value, str) and len(value) > limit:
            raise PydanticCustomError("text_too_long", "{limit}", {"limit": limit})
        return value

    return BeforeValidator(check)


def _site_id(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    value = value.strip()
    if len(value) > 100 or len(value.encode("utf-8", "replace")) > 200:
        raise PydanticCustomError("long_site_id", "too long")
    if _DEVICE.fullmatch(value):
        raise PydanticCustomError("device_site_id", "a device")
    if _UNSAFE_ID.search(value):
        raise PydanticCustomError("bad_site_id", "not a file name")
    return value


def full_date(value: Any) -> Any:
    """Read a full date in any of the spec's ways; gives it in ISO form.

    Raises:
        PydanticCustomError: `not_a_date`, `no_such_day` or `month_only`.
    """
    if not isinstance(value, str):
        return value
    try:
        span = read_date(value)
    except ValueFault as fault:
        raise PydanticCustomError(fault.fault.code, "{value}", {"value": value[:40]}) from None
    if span.first != span.last:
        raise PydanticCustomError("month_only", "{value}", {"value": value[:40]})
    return span.iso()


def _blank_is_none(value: Any) -> Any:
    return None if _blank(value) else value


def _none(value: Any) -> bool:
    """Tell whether nothing is meant: left blank, 未查, or 无 for a whole block."""
    return value is None or isinstance(value, str) and value.strip().lower() in ABSENT_WORDS | UNKNOWN_WORDS


def _none_is_none(value: Any) -> Any:
    return None if _none(value) else value


def _unfilled_dropped(values: list[Any]) -> list[Any]:
    # Not where an entry is faulty: its number has to stay the one that it has in the file.
    sound = all(one is None or isinstance(one, str) for one in values)
    return [one for one in values if not _blank(one)] if sound else values


def _texts(value: Any) -> Any:
    """One text for a list is split; blanks in a list are forms not filled in."""
    if _none(value):
        return []
    if isinstance(value, str):
        value = re.split(r"[、，,;；]", value)
    if not isinstance(value, list):
        return value
    return [one.strip() if isinstance(one, str) else one for one in _unfilled_dropped(value)]


def _one_or_many(value: Any) -> Any:
    if _none(value):
        return []
    value = [value] if isinstance(value, str) else value
    return _unfilled_dropped(value) if isinstance(value, list) else value


def _mapping(value: Any) -> Any:
    return {} if _none(value) else value


def _rows(value: Any) -> Any:
    return [] if _none(value) else value


def _row(value: Any) -> Any:
    """A row of a form that nobody filled in is none."""
    empty = isinstance(value, dict) and all(_blank(v) for v in value.values())
    return None if empty or _blank(value) else value


def _kind(value: Any) -> Any:
    return "acceptance" if _blank(value) else value


Name = Annotated[str, BeforeValidator(_filled), _limited(MAX_NAME)]
Words = Annotated[str, BeforeValidator(_filled), _limited(MAX_TEXT)]
Day = Annotated[str, BeforeValidator(full_date)]
FilledDay = Annotated[str, BeforeValidator(full_date), BeforeValidator(_filled)]
Text = Annotated[str | None, BeforeValidator(_blank_is_none), _limited(MAX_NAME)]
Note = Annotated[str | None, BeforeValidator(_blank_is_none), _limited(MAX_TEXT)]
Paths = Annotated[list[Annotated[str, _limited(300)]], Field(max_length=MAX_LIST), BeforeValidator(_one_or_many)]
Names = Annotated[list[Annotated[str, _limited(MAX_NAME)]], Field(max_length=MAX_LIST), BeforeValidator(_texts)]


class SiteBlock(SiteInfo):
    """The `site` block."""

    id: Annotated[str, BeforeValidator(_site_id), BeforeValidator(_filled)]
    name: Name
    tier: Name
    province: Text = None
    city: Text = None
    county: Text = None
    town: Text = None
    village: Text = None
    head: Text = None
    phone: Text = None


class InspectionBlock(InspectionInfo):
    """The `inspection` block; lists may be written as one text."""

    date: FilledDay
    kind: Annotated[Kind, BeforeValidator(_kind)] = "acceptance"
    team: Text = None
    inspectors: Names = Field(default_factory=list)
    methods: Names = Field(default_factory=list)


class Judgement(Strict):
    """What the inspector decided on a judged rule: `points` awarded, or `deduct` taken off."""

    points: Annotated[Exact | None, BeforeValidator(_blank_is_none)] = None
    deduct: Annotated[Exact | None, BeforeValidator(_blank_is_none)] = None
    note: Note = None


def _how_many(value: Any) -> str:
    return "~many" if isinstance(value, list) else "~one"


def _judged(value: Any) -> Any:
    """A judgement says what it is: `得分: 5`, not `5` alone."""
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, dict | Judgement):
            raise PydanticCustomError("judgement_wanted", "a judgement")
    return value


OneOrMore = Annotated[
    Annotated[Judgement, Tag("~one")] | Annotated[list[Judgement], Tag("~many"), Field(max_length=MAX_LIST)],
    Discriminator(_how_many),
    BeforeValidator(_judged),
]
Judgements = Annotated[OneOrMore | None, BeforeValidator(_row)]


class Waiver(Strict):
    """A rule that is set aside for this site until a day."""

    rule: Name
    reason: Words
    approved_by: Text = None
    until: Annotated[Day | None, BeforeValidator(_blank_is_none)] = None


class SiteFile(Strict):
    """An inspection file, its facts still raw."""

    plsp: Literal["site/1"]
    site: SiteBlock
    standard: Text = None
    inspection: InspectionBlock
    not_rated: Annotated[Note, BeforeValidator(_none_is_none)] = None
    facts: Any = None
    judgements: Annotated[dict[str, Judgements], BeforeValidator(_mapping)] = Field(default_factory=dict)
    self_scores: Annotated[
        dict[str, Annotated[Exact | None, BeforeValidator(_blank_is_none)]], BeforeValidator(_mapping)
    ] = Field(default_factory=dict)
    not_applicable: Annotated[dict[str, Note], BeforeValidator(_mapping)] = Field(default_factory=dict)
    waivers: Annotated[list[Annotated[Waiver | None, BeforeValidator(_row)]], BeforeValidator(_rows)] = Field(
        default_factory=list
    )
    evidence: Annotated[dict[str, Paths], BeforeValidator(_mapping)] = Field(default_factory=dict)
    notes: Annotated[dict[str, Note], BeforeValidator(_mapping)] = Field(default_factory=dict)


@dataclass(frozen=True)
class Inspection:
    """One inspection, bound: its facts are typed values, its rule ids are rules of the standard's tier.

    Attributes:
        site: The site block, `tier` being the standard's tier id.
        info: When, how and by whom.
        facts: Values by fact id; what is unknown is left out or None.
        judgements: By rule id, or `id/2` for the second part.
        not_applicable: Reasons by rule id or part.
        waivers: By rule id.
        evidence: Paths as written, by fact id or rule id.
        notes: By fact id or rule id.
        raw: The file as it was written, for its digest.
        on: The day of the inspection.
    """

    site: SiteInfo
    info: InspectionInfo
    raw: Any
    on: date
    not_rated: str | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)
    judgements: Mapping[str, Judgement | tuple[Judgement, ...]] = field(default_factory=dict)
    self_scores: Mapping[str, Any] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 over the canonical JSON of the file as it was written: keys sorted, no white space."""
        text = json.dumps(self.raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
