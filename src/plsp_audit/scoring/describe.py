"""An assessment put into the words and numbers of a result (spec section 6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.checks import ByOperand
from plsp_audit.model.recent import Recent
from plsp_audit.model.result import (
    Coverage,
    DimensionResult,
    Evidence,
    GradeRef,
    PartResult,
    PartsCount,
    Result,
    RuleResult,
    Score,
    StandardRef,
    WaiverResult,
)
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.site import Inspection, Judgement
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.model.text import folded
from plsp_audit.model.values import Number
from plsp_audit.scoring.assess import Assessment, Outcome
from plsp_audit.scoring.compile import CompiledRule, CompiledTier
from plsp_audit.scoring.observed import shown_text, value_text
from plsp_audit.scoring.outcome import Core
from plsp_audit.scoring.reason import Words
from plsp_audit.scoring.verdict import Finding
from plsp_audit.standards.uses import looks_at_site
from plsp_audit.standards.walk import nodes
from plsp_audit.standards.wording import requirement_text

MEMO = 50_000
_MOST_TOLD = 4096
_MARK = re.compile("\ue000([a-z]+)\ue000")
ByPlace = Literal["no", "named", "chosen"]
PLACES = ("province", "city", "county", "town", "village")
Hashes = Mapping[str, str | None]


class Describer:
    """Puts assessments of one compiled tier into words; texts that are the same for every site are kept.

    Args:
        compiled: The tier.
        tool: Name and version of this program.
        lang: The language of the words.
    """

    def __init__(self, compiled: CompiledTier, tool: str, lang: Lang = "zh") -> None:
        self.compiled = compiled
        self.standard: ResolvedStandard = compiled.standard
        self.tool = tool
        self.lang = lang
        self.words = Words(self.standard.facts, compiled.tier, lang, compiled.context.scale)
        self._in_points: dict[Number, Fraction] = {}
        self._by_place: dict[int, ByPlace] = {}
        self._looking_at: Inspection | None = None
        self._more = False
        self._seen: dict[str, str] = {}
        self._known: Recent[RuleResult] = Recent(_MOST_TOLD)
        self._required: dict[tuple[int, tuple[tuple[str, str], ...]], str] = {}

    def result(self, inspection: Inspection, assessment: Assessment | None, hashes: Hashes | None = None) -> Result:
        """Give the result of one inspection, without its rectification list.

        Args:
            inspection: The inspection.
            assessment: Its arithmetic; None for a site that is not rated.
            hashes: SHA-256 by evidence path; None for a file that is not there.
        """
        head: dict[str, Any] = {
            "tool": self.tool,
            "standard": StandardRef(id=self.standard.id, title=self.standard.title, digest=self.standard.digest),
            "site": inspection.site,
            "inspection": inspection.info,
            "input_digest": inspection.digest,
        }
        if assessment is None:
            return Result.model_construct(**head, status="not_rated", reason=inspection.not_rated)
        a, grades = assessment, self.standard.grades
        return Result.model_construct(
            **head,
            status=a.status,
            complete=a.complete,
            score=None if a.value is None or a.rounded is None else Score.model_construct(
                value=Fraction(a.value), rounded=Fraction(a.rounded), low=Fraction(a.low), high=Fraction(a.high)),
            grade=None if a.grade is None else GradeRef(id=grades[a.grade].id, title=grades[a.grade].title),
            grade_low=None if a.grade_low is None else grades[a.grade_low].id,
            grade_high=None if a.grade_high is None else grades[a.grade_high].id,
            capped_by=list(a.capped_by),
            coverage=Coverage(applicable=a.applicable, checked=a.checked),
            bonus=Fraction(a.bonus),
            penalty=Fraction(a.penalty),
            dimensions=[self._dimension(d) for d in a.dimensions],
            rules=[self._told(o, inspection, hashes or {}) for o in a.outcomes],
            rectification=[],
        )  # fmt: skip

    def _dimension(self, total: Any) -> DimensionResult:
        points, awarded = self._points(total.points), self._points(total.awarded)
        return DimensionResult.told(
            id=total.dimension.id, title=total.dimension.title, points=points, awarded=awarded,
            low=self._points(total.low), high=self._points(total.high), rate=awarded / points if points else None,
        )  # fmt: skip

    def _points(self, scaled: Number) -> Fraction:
        """Give points as they are, from units of 1 ÷ scale."""
        found = self._in_points.get(scaled)
        if found is None:
            found = Fraction(scaled, self.compiled.context.scale)
            if len(self._in_points) < MEMO:
                self._in_points[scaled] = found
        return found

    def _told(self, outcome: Outcome, inspection: Inspection, hashes: Hashes) -> RuleResult:
        """Give the rule's result; the same outcome of a rule about which the file says nothing more is told once."""
        if not self.is_common(outcome, inspection):
            return self._rule(outcome, inspection, hashes)
        known = self._known.get(outcome)
        return known if known is not None else self._known.put(outcome, self._rule(outcome, inspection, hashes))

    def is_common(self, outcome: Outcome, inspection: Inspection) -> bool:
        """Tell whether a rule's result is that of every site with this outcome."""
        compiled = outcome.compiled
        return compiled.inputs is not None and not self._has_own_words(compiled, inspection)

    def _look_at(self, inspection: Inspection) -> None:
        """Forget what was said of the inspection before."""
        if self._looking_at is not inspection:
            self._looking_at = inspection
            self._seen.clear()
            i = inspection
            self._more = bool(i.notes or i.evidence or i.waivers or i.self_scores or i.not_applicable)

    def _says_more(self, inspection: Inspection) -> bool:
        """Tell whether the file says more of any rule than what was seen."""
        self._look_at(inspection)
        return self._more

    def _has_own_words(self, compiled: CompiledRule, inspection: Inspection) -> bool:
        """Tell whether the file gives this rule a note, evidence, a self score, a waiver or a declaration."""
        if compiled.judged and any(_noted(inspection.judgements.get(key)) for key in compiled.judged):
            return True
        if not self._says_more(inspection):
            return False
        rule, rid = compiled.rule, compiled.rule.id
        if rid in inspection.waivers or rid in inspection.self_scores:
            return True
        if inspection.not_applicable and (rule.na_allowed or rule.parts):
            return True
        said = (inspection.notes, inspection.evidence)
        if not any(said):
            return False
        names = (rid, *self.words.looked_at(rule))
        return any(name in block for block in said for name in names) or any(
            key.startswith(rid + "/") for block in said for key in block
        )

    def _rule(self, outcome: Outcome, inspection: Inspection, hashes: Hashes) -> RuleResult:
        rule, core = outcome.compiled.rule, outcome.core
        judged = inspection.judgements.get(rule.id)
        declared = inspection.not_applicable.get(rule.id)
        shown = core._replace(state=outcome.state) if outcome.state in ("info",) else core
        details = self._parts(rule, core, inspection) if rule.parts else []
        reason = self.words.reason(rule, shown, inspection.facts, judged, declared)
        if details and outcome.state in ("partial", "fail", "not_checked") and not reason:
            wanting = [d for d in details if d.reason]
            say = self.words.say
            reason = say("joined").join(say("part", title=d.title, reason=d.reason) for d in wanting)
        waiver = self._waiver(outcome, inspection)
        if waiver is not None and not waiver.expired:
            reason = self.words.say("waived", reason=waiver.reason)
        evidence, wanting_evidence = self._evidence(rule, inspection, hashes)
        return RuleResult.told(
            id=rule.id, title=rule.title, dimension=rule.dimension, level=rule.level, state=outcome.state,
            points=rule.points, awarded=self._points(outcome.awarded), low=self._points(outcome.low),
            high=self._points(outcome.high),
            parts=_count(core.finding), observed=self._observed(rule, core, inspection, judged),
            required=self._requirement(rule, inspection), reason=reason, clause=rule.clause, method=rule.method,
            evidence=evidence, evidence_missing=wanting_evidence and outcome.state not in ("not_applicable", "waived"),
            note=self._note(rule, inspection, judged), waiver=waiver,
            self_score=inspection.self_scores.get(rule.id), parts_detail=details,
        )  # fmt: skip

    def _parts(self, rule: Rule, core: Core, inspection: Inspection) -> list[PartResult]:
        found = []
        for number, (part, inner) in enumerate(zip(rule.parts or [], core.parts, strict=False), start=1):
            key = f"{rule.id}/{number}"
            judged = inspection.judgements.get(key)
            declared = inspection.not_applicable.get(key)
            found.append(PartResult.told(
                no=number, title=part.title, state=inner.state, points=part.points, awarded=self._points(inner.low),
                low=self._points(inner.low), high=self._points(inner.high), parts=_count(inner.finding),
                observed=self._observed(part, inner, inspection, judged), required=self._requirement(part, inspection),
                reason=self.words.reason(part, inner, inspection.facts, judged, declared),
            ))  # fmt: skip
        return found

    def _requirement(self, one: Rule | Part, inspection: Inspection) -> str:
        by_place = self._by_place.get(id(one))
        if by_place is None:
            by_place = self._by_place[id(one)] = _by_place(one, self.standard)
        if by_place == "no":
            return self._required_for(one, {})
        site = inspection.site
        values = (site.province, site.city, site.county, site.town, site.village)
        places = {name: value for name, value in zip(PLACES, values, strict=True) if value}
        # Which quotation marks stand around a name depends on the signs in it.
        if by_place == "chosen" or not all(map(str.isalnum, places.values())):
            return self._required_for(one, places)
        template = self._required_for(one, {name: f"\ue000{name}\ue000" for name in places})
        return _MARK.sub(lambda match: places[match[1]], template)

    def _required_for(self, one: Rule | Part, places: Mapping[str, str]) -> str:
        """Write what is asked for; what is the same for many sites is written once."""
        key = (id(one), tuple(places.items()))
        found = self._required.get(key)
        if found is None:
            if len(self._required) > 20_000:
                self._required.clear()
            found = requirement_text(one, self.standard, self.compiled.tier, self.lang, places)
            self._required[key] = found
        return found

    def _observed(self, one: Rule | Part, core: Core, inspection: Inspection, judged: Any) -> str:
        say = self.words.say
        ids = list(self.words.looked_at(one))
        words = [self._value(f, inspection) for f in ids]
        for item in judged if isinstance(judged, tuple) else (judged,) if judged is not None else ():
            kind = "judged_points" if item.points is not None else "judged_deduct"
            text = say(
                kind, points=number_text(item.points if item.points is not None else item.deduct or Fraction(0), 2)
            )
            words.append(say("note", text=text, note=shown_text(item.note)) if item.note else text)
        return say("joined").join(words)

    def _value(self, fid: str, inspection: Inspection) -> str:
        """Say what was seen of a fact; several rules look at the same one."""
        self._look_at(inspection)
        found = self._seen.get(fid)
        if found is None:
            fact = self.standard.facts.facts[fid]
            value = value_text(fact, inspection.facts.get(fid), self.lang)
            found = self._seen[fid] = self.words.say("fact", label=fact.label, value=value)
        return found

    def _note(self, rule: Rule, inspection: Inspection, judged: Any) -> str | None:
        found = [inspection.notes[k] for k in (rule.id, *self.words.looked_at(rule)) if k in inspection.notes]
        found += [inspection.notes[k] for k in inspection.notes if k.startswith(rule.id + "/")]
        return self.words.say("joined").join(shown_text(n) for n in dict.fromkeys(found)) or None

    def _waiver(self, outcome: Outcome, inspection: Inspection) -> WaiverResult | None:
        waiver = inspection.waivers.get(outcome.compiled.rule.id)
        if waiver is None:
            return None
        state = outcome.core.state if outcome.compiled.rule.level != "info" else "info"
        return WaiverResult(reason=waiver.reason, approved_by=waiver.approved_by, until=waiver.until,
                            expired=outcome.expired, state=state)  # fmt: skip

    def _evidence(self, rule: Rule, inspection: Inspection, hashes: Hashes) -> tuple[list[Evidence], bool]:
        given: dict[str, str | None] = {}
        keys = [rule.id, *(k for k in inspection.evidence if k.startswith(rule.id + "/"))]
        for path in (p for k in keys for p in inspection.evidence.get(k, ())):
            given.setdefault(path, None)
        for fact in self.words.looked_at(rule):
            for path in inspection.evidence.get(fact, ()):
                given.setdefault(path, self.standard.facts.facts[fact].label)
        found = [Evidence(path=p, sha256=hashes.get(p), caption=label or rule.title) for p, label in given.items()]
        wanted = rule.evidence == "required" or any(p.evidence == "required" for p in rule.parts or [])
        return found, wanted and not any(e.sha256 for e in found)


def _noted(given: Judgement | tuple[Judgement, ...] | None) -> bool:
    if isinstance(given, tuple):
        return any(j.note for j in given)
    return given is not None and bool(given.note)


def _by_place(one: Rule | Part, standard: ResolvedStandard) -> ByPlace:
    """Tell what the requirement of a rule has to do with where the site is: it names the place, or is chosen by it."""
    if not looks_at_site(one, standard.facts):
        return "no"
    chosen = (node.value.by for node in nodes(one, standard.facts) if isinstance(node.value, ByOperand))
    return "chosen" if any(folded(name) in PLACES for name in chosen) else "named"


def _count(finding: Finding) -> PartsCount:
    return PartsCount.told(
        asked=finding.asked, met=finding.met, unknown=finding.unknown, missing=list(finding.missing)
    )

