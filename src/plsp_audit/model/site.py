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
from plsp_audit.model.values import ABSENT_WORDS, UNKNOWN_WORDS, Value, ValueFault, read_date

PLACES = ("province", "city", "county", "town", "village")
SITE_FIELDS = ("tier", "id", "name", *PLACES)
"""Site fields that a check or `by` may name."""

_UNSAFE_ID = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]|^\.|[. ]$")


def _site_id(value: Any) -> Any:
    if isinstance(value, str) and (not value.strip() or len(value) > 100 or _UNSAFE_ID.search(value)):
        raise PydanticCustomError("bad_site_id", "{value}", {"value": value[:60]})
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
    if isinstance(value, str) and value.strip() in UNKNOWN_WORDS:
        return None
    return value


def _no_waiver_words(value: Any) -> Any:
    """`无` for a whole block or a reason means that there is none."""
    return None if isinstance(value, str) and value.strip().lower() in ABSENT_WORDS | UNKNOWN_WORDS else value


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        return [piece.strip() for piece in re.split(r"[、，,;；]", value) if piece.strip()]
    return [] if value is None else value


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _mapping(value: Any) -> Any:
    return {} if value is None else value


def _list(value: Any) -> Any:
    return [] if value is None else value


Day = Annotated[str, BeforeValidator(full_date)]
Text = Annotated[str | None, BeforeValidator(_blank_is_none)]


class SiteBlock(SiteInfo):
    """The `site` block."""

    id: Annotated[str, BeforeValidator(_site_id)]
    province: Text = None
    city: Text = None
    county: Text = None
    town: Text = None
    village: Text = None
    head: Text = None
    phone: Text = None


class InspectionBlock(InspectionInfo):
    """The `inspection` block; lists may be written as one text."""

    date: Day
    team: Text = None
    inspectors: Annotated[list[str], BeforeValidator(_texts)] = Field(default_factory=list)
    methods: Annotated[list[str], BeforeValidator(_texts)] = Field(default_factory=list)


class Judgement(Strict):
    """What the inspector decided on a judged rule: `points` awarded, or `deduct` taken off."""

    points: Exact | None = None
    deduct: Exact | None = None
    note: Text = None


def _how_many(value: Any) -> str:
    return "~many" if isinstance(value, list) else "~one"


Judgements = Annotated[
    Annotated[Judgement, Tag("~one")] | Annotated[list[Judgement], Tag("~many")], Discriminator(_how_many)
]


class Waiver(Strict):
    """A rule that is set aside for this site until a day."""

    rule: str
    reason: str
    approved_by: Text = None
    until: Day | None = None


class SiteFile(Strict):
    """An inspection file, its facts still raw."""

    plsp: Literal["site/1"]
    site: SiteBlock
    standard: Text = None
    inspection: InspectionBlock
    not_rated: Annotated[str | None, BeforeValidator(_no_waiver_words)] = None
    facts: Any = None
    judgements: Annotated[dict[str, Judgements], BeforeValidator(_mapping)] = Field(default_factory=dict)
    self_scores: Annotated[dict[str, Exact | None], BeforeValidator(_mapping)] = Field(default_factory=dict)
    not_applicable: Annotated[dict[str, str | None], BeforeValidator(_mapping)] = Field(default_factory=dict)
    waivers: Annotated[list[Waiver], BeforeValidator(_list)] = Field(default_factory=list)
    evidence: Annotated[dict[str, Annotated[list[str], BeforeValidator(_one_or_many)]], BeforeValidator(_mapping)] = (
        Field(default_factory=dict)
    )
    notes: Annotated[dict[str, str | None], BeforeValidator(_mapping)] = Field(default_factory=dict)


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
