"""Why points were lost, in words (扣分原因)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from plsp_audit.model.awards import DeductAward, JudgedAward, JudgedBranch, PerBranch, WhenBranch
from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.checks import AllCheck, AnyCheck, EachCheck, FactCheck, JudgedCheck
from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.values import Value
from plsp_audit.scoring.observed import shown_text, value_text
from plsp_audit.scoring.outcome import Core
from plsp_audit.scoring.verdict import Finding
from plsp_audit.standards.uses import award_names, check_names
from plsp_audit.standards.wording import check_text, when_text


def _shortfall(check: Any) -> str:
    """Tell how a check's missing parts are called: members missing, rows not up to it, or requirements not met."""
    if isinstance(check, FactCheck):
        return "missing" if check.includes is not None else "unmet"
    if isinstance(check, EachCheck):
        return "unfit"
    kinds = {_shortfall(child) for child in check.all} if isinstance(check, AllCheck) else {"unmet"}
    return kinds.pop() if len(kinds) == 1 else "lacking"


def _is_long(check: Any) -> bool:
    """Tell whether what a check asks takes more words than what was seen: a choice of ways, or a name's pattern."""
    if isinstance(check, AnyCheck):
        return not check.title
    return isinstance(check, FactCheck) and check.named is not None and not check.title


def _notes(judged: Any) -> str:
    """Give what the inspectors wrote beside their points, on one line."""
    given = judged if isinstance(judged, tuple) else (judged,) if judged is not None else ()
    return shown_text(" ".join(one.note for one in given if one.note))


class Words:
    """Puts outcomes into words for one tier, language and site; what does not change from site to site is kept.

    Args:
        facts: The dictionary.
        tier: The tier.
        lang: The language.
        scale: How many units outcomes count a point as.
    """

    def __init__(self, facts: FactDictionary, tier: str, lang: Lang, scale: int = 1) -> None:
        self.facts = facts
        self.tier = tier
        self.lang = lang
        self.scale = scale
        self._used: dict[int, list[str]] = {}
        self._branches: dict[int, str] = {}

    def say(self, key: str, **params: object) -> str:
        """Give a sentence of the result catalogue."""
        return say(f"result.{key}", self.lang, **params)

    def looked_at(self, one: Rule | Part) -> list[str]:
        """Give the facts that a rule's or part's check and award look at."""
        found = self._used.get(id(one))
        if found is None:
            names = [*check_names(one.check, self.facts), *award_names(one.award, self.facts)]
            for part in (one.parts or []) if isinstance(one, Rule) else []:
                names += [*check_names(part.check, self.facts), *award_names(part.award, self.facts)]
            ids = (self.facts.find(n) for n, row in names if row is None or row.field_id(n) is None)
            found = self._used[id(one)] = list(dict.fromkeys(i for i in ids if i is not None))
        return found

    def condition(self, one: Rule | Part) -> str:
        """Give the condition under which a rule applies."""
        return when_text(one.when, self.facts, self.lang, self.tier)

    def reason(
        self, one: Rule | Part, core: Core, facts: Mapping[str, Value], judged: Any, declared: str | None
    ) -> str:
        """Say why a rule or part did not get its points; empty where it did."""
        match core.state:
            case "pass" | "info":
                return ""
            case "not_applicable":
                return self._not_applicable(one, core, declared)
        if core.why == "when_unknown":
            return self.say("when_unknown", condition=self.condition(one))
        if core.parts and isinstance(one, Rule):
            return ""
        words = [*self._costs(one, core, judged), *self._missing(one, core, facts)]
        if core.state == "not_checked":
            words += self._unseen(one, facts, judged)
        if not words and core.state in ("partial", "fail"):
            words.append(self._not_full(one, core, facts, judged))
        return self.say("joined").join(words)

    def _not_full(self, one: Rule | Part, core: Core, facts: Mapping[str, Value], judged: Any) -> str:
        """Say what was seen, or noted by who judged it, and what it earned, where no single thing is missing."""
        if self._is_judged(one) and (note := _notes(judged)):
            return self.say("not_full_note", note=note, awarded=self._points(core.low))
        ids = [] if self._is_judged(one) else [i for i in self.looked_at(one) if facts.get(i) is not None]
        seen = [self._seen(i, facts[i]) for i in ids]
        if seen and isinstance(one, Rule) and one.level == "penalty":
            return self.say("cost_seen", seen=self.say("listed").join(seen), points=self._points(-core.low))
        awarded = self._points(core.low)
        if not seen:
            return self.say("not_full", awarded=awarded)
        return self.say("not_full_seen", seen=self.say("listed").join(seen), awarded=awarded)

    def _all_seen(self, one: Rule | Part, facts: Mapping[str, Value]) -> list[str]:
        """Say what was seen of each fact; nothing where rows would have to be told one by one."""
        ids = self.looked_at(one)
        if any(self.facts.facts[i].type == "records" for i in ids):
            return []
        return [self._seen(i, facts[i]) for i in ids if facts.get(i) is not None]

    def _seen(self, fid: str, value: Value) -> str:
        fact = self.facts.facts[fid]
        return self.say("fact", label=fact.label, value=value_text(fact, value, self.lang))

    def _not_applicable(self, one: Rule | Part, core: Core, declared: str | None) -> str:
        if core.why == "declared":
            return self.say("declared", reason=declared or "")
        if core.why == "when_no":
            return self.say("when_no", condition=self.condition(one))
        return self.say("nothing_to_count")

    def _is_judged(self, one: Rule | Part) -> bool:
        return isinstance(one.award, JudgedAward) or isinstance(one.check, JudgedCheck)

    def _missing(self, one: Rule | Part, core: Core, facts: Mapping[str, Value]) -> list[str]:
        if not core.finding.missing:
            return []
        finding = core.finding
        if core.state == "fail" and _is_long(one.check) and (seen := self._all_seen(one, facts)):
            return [self.say("unfit_seen", seen=self.say("listed").join(seen))]
        lists = {name for name in finding.of if name}
        if len(lists) > 1 and len(finding.of) == len(finding.missing):
            return self._by_list(finding)
        return [self.say(_shortfall(one.check), members=self.say("listed").join(finding.missing))]

    def _by_list(self, finding: Finding) -> list[str]:
        """Say for each list what it lacks, of several lists: the same word may stand in two of them."""
        words = []
        for name in dict.fromkeys(finding.of):
            lacking = [m for m, of in zip(finding.missing, finding.of, strict=True) if of == name]
            members = self.say("listed").join(lacking)
            key = "missing_of" if name else "unmet"
            words.append(self.say(key, name=name, members=members))
        return words

    def _unseen(self, one: Rule | Part, facts: Mapping[str, Value], judged: Any) -> list[str]:
        if self._is_judged(one) and judged is None:
            return [self.say("unjudged")]
        names = [self.facts.facts[f].label for f in self.looked_at(one) if facts.get(f) is None]
        branches = one.award.deduct if isinstance(one.award, DeductAward) and judged is None else []
        if any(isinstance(b, JudgedBranch) for b in branches):
            names.append(self.say("unjudged"))
        return [self.say("unseen", members=self.say("listed").join(names))] if names else []

    def _costs(self, one: Rule | Part, core: Core, judged: Any) -> list[str]:
        if not isinstance(one.award, DeductAward):
            return []
        words = []
        for branch, cost in zip(one.award.deduct, core.costs, strict=False):
            if not cost.low:
                continue
            points = self._points(cost.low)
            if isinstance(branch, JudgedBranch):
                cost_judged = self.say("cost_judged", points=points)
                note = _notes(judged)
                words.append(self.say("note", text=cost_judged, note=note) if note else cost_judged)
            elif isinstance(branch, WhenBranch):
                words.append(self.say("cost_when", title=self._branch(branch), points=points))
            elif isinstance(branch, PerBranch):
                count = "" if cost.often is None else number_text(Fraction(cost.often)) + self._unit(branch)
                words.append(self.say("cost_count", title=self._branch(branch), count=count, points=points))
            else:
                members = self.say("missing", members=self.say("listed").join(cost.missing))
                words.append(self.say("cost_when", title=branch.title or members, points=points))
        return words

    def _unit(self, branch: PerBranch) -> str:
        fact = self.facts.get(branch.per) if isinstance(branch.per, str) else None
        return (fact.unit if fact is not None else None) or self.say("occurrence")

    def _points(self, scaled: Any) -> str:
        return number_text(Fraction(scaled) / self.scale, 2)

    def _branch(self, branch: WhenBranch | PerBranch) -> str:
        found = self._branches.get(id(branch))
        if found is None:
            if branch.title:
                found = branch.title
            elif isinstance(branch, WhenBranch):
                found = check_text(branch.when, self.facts, self.lang, self.tier)
            else:
                fact = self.facts.get(branch.per) if isinstance(branch.per, str) else None
                found = fact.label if fact is not None else ""
            self._branches[id(branch)] = found
        return found
