"""The sample facts and rules that the tests put into words."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from plsp_audit.model.awards import Award
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.checks import Check
from plsp_audit.model.facts import Fact, FactDictionary
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import Dimension, Grade, ResolvedStandard, Scoring, Source, Tier
from plsp_audit.model.text import folded
from plsp_audit.standards.wording import award_text, check_text, when_text

FORMS = Path(__file__).with_name("wording_forms.yaml")
CHECK: TypeAdapter[Any] = TypeAdapter(Check)
AWARD: TypeAdapter[Any] = TypeAdapter(Award)


@cache
def forms() -> Any:
    return yaml.load(FORMS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def facts() -> FactDictionary:
    found = {name: Fact.model_validate(raw) for name, raw in forms()["facts"].items()}
    return FactDictionary(facts=found, names={folded(fact.label): name for name, fact in found.items()})


@cache
def standard() -> ResolvedStandard:
    common = {"title": "条目", "dimension": "d", "clause": {"source": "doc", "at": "一"}}
    return ResolvedStandard(
        id="words",
        title="用语",
        issuer=None,
        issued=None,
        province=None,
        points_basis="assigned",
        notes=None,
        sources=(Source(id="doc", title="建设意见"), Source(id="other", title="《验收通报》")),
        parameters={},
        dimensions=(Dimension(id="d", title="建设"),),
        scoring=Scoring(),
        grades=(Grade.model_validate({"id": "poor", "title": "差", "from": 0}),),
        tiers=(Tier(id="county_center", title="县(市、区)公共法律服务中心", rules="x.yaml"),),
        rules={"county_center": tuple(Rule.model_validate(common | raw) for raw in forms()["rules"])},
        facts=facts(),
    )


def rule(name: str) -> Rule:
    return next(r for r in standard().rules["county_center"] if r.id == name)


def parsed(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def words(text: str, lang: Lang = "zh", **more: Any) -> str:
    return check_text(CHECK.validate_python(parsed(text)), facts(), lang, **more)


def condition(text: str) -> str:
    return when_text(CHECK.validate_python(parsed(text)), facts())


def scored(text: str, points: str = "4", lang: Lang = "zh", **more: Any) -> str:
    return award_text(AWARD.validate_python(parsed(text)), Fraction(points), facts(), lang, **more)
