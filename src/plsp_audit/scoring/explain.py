"""Why a rule got its points: what was seen, what was asked, the arithmetic, the clause, the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from plsp_audit.model.awards import (
    DeductAward,
    EachMetAward,
    EachMissingAward,
    JudgedAward,
    OverAward,
    PerAward,
    ShareAward,
)
from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, known, say
from plsp_audit.model.checks import JudgedCheck, PercentMeasure
from plsp_audit.model.problem import bracketed
from plsp_audit.model.result import Result, RuleResult, State
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.site import Inspection
from plsp_audit.scoring.assess import Assessment, Outcome
from plsp_audit.scoring.checks import compile_check
from plsp_audit.scoring.compile import CompiledTier
from plsp_audit.scoring.judgements import site_fields
from plsp_audit.scoring.measures import Interval, compile_measure
from plsp_audit.scoring.observed import value_text
from plsp_audit.scoring.operands import number_operand
from plsp_audit.scoring.outcome import Core
from plsp_audit.scoring.verdict import Scope
from plsp_audit.standards.uses import fact_ids
from plsp_audit.standards.wording import award_text, clause_text, requirement_text, when_text


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: what it is about, and what it says."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule on one site, explained.

    Attributes:
        facts: Label and value of every fact the rule looks at.
        steps: Requirement, award, condition, arithmetic, bounds, in reading order.
    """

    rule: str
    title: str
    state: State
    facts: tuple[Step, ...]
    steps: tuple[Step, ...]


class _Explainer:
    """Holds what every line of one explanation needs."""

    def __init__(self, compiled: CompiledTier, inspection: Inspection, lang: Lang) -> None:
        self.compiled = compiled
        self.standard = compiled.standard
        self.inspection = inspection
        self.lang = lang
        self.scope = Scope(inspection.facts, site_fields(inspection))

    def say(self, key: str, **params: object) -> str:
        return say(f"explain.{key}", self.lang, **params)

    def step(self, key: str, text: str) -> Step:
        return Step(self.say(f"about.{key}"), text)

    def points(self, scaled: Any) -> str:
        """Write points that are counted in the tier's units."""
        return number_text(Fraction(scaled) / self.compiled.context.scale)

    def number(self, spec: Any) -> str:
        """Write an operand's value on this site."""
        value = number_operand(spec, self.compiled.context).get(self.scope)
        return number_text(Fraction(value)) if isinstance(value, int | Fraction) else self.say("unknown")

    def measured(self, spec: Any) -> str:
        """Write a measure's value on this site, or its bounds."""
        seen = compile_measure(spec, self.compiled.context, compile_check)(self.scope)
        if seen is None:
            return self.say("nothing")
        fact = self.standard.facts.get(spec) if isinstance(spec, str) else None
        unit = "%" if isinstance(spec, PercentMeasure) else (fact.unit if fact is not None else None) or ""
        return self._interval(seen) + unit

    def _interval(self, seen: Interval) -> str:
        if seen.low is not None and seen.low == seen.high:
            return number_text(Fraction(seen.low))
        low, high = (self.say("open") if end is None else number_text(Fraction(end)) for end in seen)
        return self.say("between", low=low, high=high)

    def one(self, one: Rule | Part, core: Core, judged: Any) -> Iterator[Step]:
        """Explain a rule without parts, or one part."""
        yield self.step("required", requirement_text(one, self.standard, self.compiled.tier, self.lang, self._places()))
        level = one.level if isinstance(one, Rule) else "required"
        if one.award is not None or not isinstance(one.check, JudgedCheck):
            award = award_text(
                one.award, one.points, self.standard.facts, self.lang, level=level, tier=self.compiled.tier
            )
            if award:
                yield self.step("award", award)
        if one.when is not None:
            yield self.step("when", when_text(one.when, self.standard.facts, self.lang, self.compiled.tier))
        found = core.finding
        if core.state != "not_applicable":
            missing = say("result.listed", self.lang).join(found.missing) or self.say("none")
            params = {"asked": found.asked, "met": found.met, "unknown": found.unknown, "missing": missing}
            if one.check is not None and not isinstance(one.check, JudgedCheck):
                yield self.step("parts", self.say("parts", **params))
            yield self.step("arithmetic", self.arithmetic(one, core, judged))

    def _places(self) -> dict[str, str]:
        return {key: value for key, value in self.scope.site.items() if value is not None}

    def arithmetic(self, one: Rule | Part, core: Core, judged: Any) -> str:
        """Write how the points come about; unknown things at their worst."""
        award, points, found = one.award, number_text(one.points), core.finding
        got = self.points(core.low)
        absent = found.asked - found.met
        match award:
            case ShareAward():
                return self.say("share", points=points, met=found.met, asked=found.asked, got=got)
            case EachMissingAward():
                return self.say("each_missing", points=points, each=self.number(award.each_missing), n=absent, got=got)
            case EachMetAward():
                return self.say("each_met", each=self.number(award.each_met), n=found.met, points=points, got=got)
            case OverAward():
                return self.say("over", seen=self.measured(award.over), points=points, got=got)
            case PerAward():
                return self.say(
                    "per", seen=self.measured(award.per), each=self.number(award.points), points=points, got=got
                )
            case DeductAward():
                costs = [self.points(c.high if c.high is not None else one.points * self.compiled.context.scale)
                         for c in core.costs]  # fmt: skip
                return self.say("deduct", points=points, costs=" − ".join(costs), got=got)
            case JudgedAward():
                return self.say("judged" if judged is not None else "unjudged", points=points, got=got)
            case _:
                judge = isinstance(one.check, JudgedCheck)
                key = ("judged" if judged is not None else "unjudged") if judge else "whole"
                return self.say(key, points=points, got=got)


def _parts(explainer: _Explainer, rule: Rule, core: Core) -> Iterator[Step]:
    live = []
    for number, (part, inner) in enumerate(zip(rule.parts or [], core.parts, strict=False), start=1):
        key = f"{rule.id}/{number}"
        state = say(f"label.state.{inner.state}", explainer.lang)
        yield Step(explainer.say("part", number=number), bracketed(part.title, state).told(explainer.lang))
        yield from explainer.one(part, inner, explainer.inspection.judgements.get(key))
        if inner.state != "not_applicable":
            live.append((part, inner))
    if live:
        got = " + ".join(explainer.points(inner.low) for _, inner in live)
        of = " + ".join(number_text(part.points) for part, _ in live)
        params = {"points": number_text(rule.points), "got": got, "of": of, "total": explainer.points(core.low)}
        yield explainer.step("arithmetic", explainer.say("reweighted", **params))


def _result_steps(explainer: _Explainer, outcome: Outcome, result: RuleResult) -> Iterator[Step]:
    rule, lang = outcome.compiled.rule, explainer.lang
    state = say(f"label.state.{outcome.state}", lang)
    params = {"state": state, "awarded": number_text(result.awarded), "points": number_text(result.points)}
    yield explainer.step("result", explainer.say("result", **params))
    if (waiver := result.waiver) is not None:
        state = say(f"label.state.{waiver.state}", lang) if waiver.state else ""
        word = "waiver_expired" if waiver.expired else "waiver"
        said = explainer.say(word, state=state, reason=waiver.reason, until=waiver.until or "")
        yield explainer.step("waiver", said)
    if result.low != result.high:
        params = {"low": number_text(result.low), "high": number_text(result.high)}
        yield explainer.step("bounds", explainer.say("bounds", **params))
    if result.reason:
        yield explainer.step("reason", result.reason)
    if rule.veto is not None:
        grade = next((g.title for g in explainer.standard.grades if g.id == rule.veto), rule.veto)
        yield explainer.step("veto", explainer.say("veto_zero" if rule.veto_on == "zero" else "veto", grade=grade))
    yield explainer.step("clause", clause_text(rule.clause, explainer.standard, lang))
    if rule.guide:
        yield explainer.step("guide", rule.guide)
    if rule.remedy and outcome.state in ("partial", "fail"):
        yield explainer.step("remedy", explainer.say("remedy", remedy=rule.remedy, days=rule.days))
    if rule.assumed:
        words = [_key_word(key, lang) for key in rule.assumed]
        yield explainer.step("assumed", say("result.listed", lang).join(words))


def _key_word(key: str, lang: Lang) -> str:
    """Give the word for a key of a rule, the key itself where it has none."""
    tables = ("rule", "parts", "score")
    return next((say(f"label.{t}.{key}", lang) for t in tables if known(f"label.{t}.{key}", lang)), key)


def explain(
    compiled: CompiledTier,
    inspection: Inspection,
    assessment: Assessment,
    result: Result,
    rule_id: str,
    lang: Lang = "zh",
) -> Explanation:
    """Explain one rule on one site.

    Args:
        compiled: The tier.
        inspection: What was seen.
        assessment: The arithmetic of the same inspection.
        result: Its result in words.
        rule_id: The rule.
        lang: The language of the words.

    Raises:
        KeyError: The tier has no such rule.
    """
    outcome = next((o for o in assessment.outcomes if o.compiled.rule.id == rule_id), None)
    told = next((r for r in result.rules or [] if r.id == rule_id), None)
    if outcome is None or told is None:
        raise KeyError(rule_id)
    explainer, rule = _Explainer(compiled, inspection, lang), outcome.compiled.rule
    facts = compiled.standard.facts.facts
    seen = tuple(
        Step(bracketed(facts[f].label, f).told(lang), value_text(facts[f], inspection.facts.get(f), lang))
        for f in fact_ids(rule, compiled.standard.facts)
    )
    core = outcome.core
    if rule.level == "penalty":
        # the arithmetic shows what was earned; the result below shows what that costs
        core = outcome.compiled.evaluate(explainer.scope, inspection.judgements, inspection.not_applicable)
    steps: list[Step] = []
    if rule.parts:
        if rule.when is not None:
            words = when_text(rule.when, compiled.standard.facts, lang, compiled.tier)
            steps.append(explainer.step("when", words))
        steps += _parts(explainer, rule, core)
    else:
        steps += explainer.one(rule, core, inspection.judgements.get(rule.id))
    steps += _result_steps(explainer, outcome, told)
    return Explanation(rule.id, rule.title, outcome.state, seen, tuple(steps))
