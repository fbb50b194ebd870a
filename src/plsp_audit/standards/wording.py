"""Rules in the words that an inspector reads on forms and reports.

Sentences come from the catalogue, names from the fact dictionary. Every text is one line; what nobody knows by name
is written as the author wrote it, so that a standard with faults can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from plsp_audit.model.awards import Award
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.checks import Check, FactCheck
from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.result import Clause, Level
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.standards.wording_award import Stake, award_words
from plsp_audit.standards.wording_check import render
from plsp_audit.standards.wording_leaf import yes_fact
from plsp_audit.standards.wording_rule import clause_words, requirement_words, scoring_words
from plsp_audit.standards.wording_words import Words, squashed

Places = Mapping[str, str]
"""What a site is called by `province`, `city`, `county`, `town`, `village`."""


def _words(
    known: ResolvedStandard | FactDictionary, lang: Lang, tier: str | None = None, places: Places | None = None
) -> Words:
    if isinstance(known, FactDictionary):
        return Words(known, lang, tier, places or {})
    return Words(known.facts, lang, tier, places or {}, tiers={t.id: t.title for t in known.tiers})


def check_text(
    check: Check, facts: FactDictionary, lang: Lang = "zh", tier: str | None = None, places: Places | None = None
) -> str:
    """Write what a check asks: 场所面积不少于100㎡.

    Args:
        check: The check.
        facts: Where its names are looked up.
        lang: The language of the sentences.
        tier: The tier that is spoken of; values that depend on it are then given alone.
        places: The site's places, to fill in names; without them they are described.
    """
    return render(check, _words(facts, lang, tier, places))


def when_text(
    check: Check | None, facts: FactDictionary, lang: Lang = "zh", tier: str | None = None, places: Places | None = None
) -> str:
    """Write a check as a condition: 依托场所为司法所; empty for none."""
    return "" if check is None else render(check, _words(facts, lang, tier, places), "if")


def missing_label(
    check: Check, facts: FactDictionary, lang: Lang = "zh", tier: str | None = None, places: Places | None = None
) -> str:
    """Write the label under which a check that fails is reported as missing.

    It is the check's title; for a fact of yes or no that should be yes, the fact's label; else what the check asks.
    """
    words = _words(facts, lang, tier, places)
    if isinstance(check, FactCheck) and not check.title and yes_fact(check, words.field(check.fact)) is True:
        return words.label(check.fact)
    return render(check, words)


def award_text(
    award: Award | None,
    points: Fraction,
    facts: FactDictionary,
    lang: Lang = "zh",
    *,
    level: Level = "required",
    tier: str | None = None,
    places: Places | None = None,
) -> str:
    """Write how points are given: 每缺一项扣0.5分，扣完为止.

    Args:
        award: The award; None is all or nothing.
        points: The rule's points.
        facts: Where names are looked up.
        lang: The language of the sentences.
        level: The rule's level; a penalty is put as what it costs.
        tier: The tier that is spoken of.
        places: The site's places.
    """
    return award_words(award, Stake(points, level), _words(facts, lang, tier, places))


def scoring_text(rule: Rule, standard: ResolvedStandard, tier: str | None = None, lang: Lang = "zh") -> str:
    """Write a rule's 评分标准: what it asks, how it is scored, when it applies, what it caps, and the guide."""
    return scoring_words(rule, standard, _words(standard, lang, tier))


def requirement_text(
    item: Rule | Part,
    known: ResolvedStandard | FactDictionary,
    tier: str | None = None,
    lang: Lang = "zh",
    places: Places | None = None,
) -> str:
    """Write a rule's or part's 标准要求: what was asked, without points."""
    return requirement_words(item, _words(known, lang, tier, places))


def clause_text(clause: Clause, standard: ResolvedStandard, lang: Lang = "zh") -> str:
    """Write where a requirement stands: 二(三)1, with several sources 《…》二(三)1."""
    return clause_words(clause, standard, _words(standard, lang))


def inspection_text(rule: Rule, lang: Lang = "zh") -> str:
    """Write how a rule is checked: method, documents to ask for, evidence to keep; empty where it says nothing."""
    join = say("wording.list.join", lang)
    evidence = say(f"label.evidence.{rule.evidence}", lang) if rule.evidence is not None else ""
    given = {"method": rule.method or "", "documents": join.join(rule.documents), "evidence": evidence}
    texts = [
        say("handbook.plain_head", lang, head=say(f"label.rule.{key}", lang), text=squashed(text))
        for key, text in given.items()
        if text
    ]
    return say("handbook.separator", lang).join(texts)
