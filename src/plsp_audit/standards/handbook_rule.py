"""One rule on the page of its standard: what it asks, how it is scored, where it stands, how it is put right."""

from __future__ import annotations

from collections.abc import Iterator

from plsp_audit.model.awards import JudgedAward
from plsp_audit.model.catalogue import Lang, known, say
from plsp_audit.model.checks import JudgedCheck
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.standards.coverage import short_clause
from plsp_audit.standards.markdown import escaped
from plsp_audit.standards.wording import award_text, requirement_text, when_text
from plsp_audit.standards.wording_value import shown
from plsp_audit.standards.wording_words import squashed

_ENDS = "。．.；;，,、 "


def _say(key: str, lang: Lang, **params: object) -> str:
    return say(f"handbook.{key}", lang, **params)


def rule_lines(rule: Rule, standard: ResolvedStandard, tier: str, lang: Lang) -> Iterator[str]:
    """Write a rule: its heading, and a line for each thing that it says."""
    yield f"#### {_say('rule.head', lang, id=escaped(rule.id), title=escaped(squashed(rule.title)))}"
    yield ""
    said: dict[str, str] = {}
    if rule.parts is None:
        said[_say("rule.asked", lang)] = requirement_text(rule, standard, tier, lang)
    said[_say("rule.scoring", lang)] = _scoring(rule, standard, tier, lang)
    for head, text in said.items():
        yield _say("headed", lang, head=head, text=escaped(squashed(text).rstrip(_ENDS)))
    for number, part in enumerate(rule.parts or (), start=1):
        yield _say("sub", lang, number=number, text=_part(part, rule, standard, tier, lang))
    for key, text in _more(rule, standard, tier, lang):
        yield _say("headed", lang, head=say(f"label.rule.{key}", lang), text=escaped(squashed(text).rstrip(_ENDS)))
    yield ""


def _award(item: Rule | Part, rule: Rule, standard: ResolvedStandard, tier: str, lang: Lang) -> str:
    """Write how the points are given; nothing for what is shown only."""
    award = item.award
    if award is None and isinstance(item.check, JudgedCheck):
        award = JudgedAward()
    if rule.level == "info":
        return ""
    return award_text(award, item.points, standard.facts, lang, level=rule.level, tier=tier)


def _scoring(rule: Rule, standard: ResolvedStandard, tier: str, lang: Lang) -> str:
    level = say(f"label.level.{rule.level}", lang)
    if rule.level == "info":
        return _say("rule.info", lang, level=level)
    worth = _say("rule.points", lang, points=shown(rule.points), level=level)
    how = _say("rule.parts", lang) if rule.parts is not None else _award(rule, rule, standard, tier, lang)
    return _say("separator", lang).join((worth, how)) if how else worth


def _part(part: Part, rule: Rule, standard: ResolvedStandard, tier: str, lang: Lang) -> str:
    asked = requirement_text(part, standard, tier, lang)
    texts = [asked if asked != squashed(part.title) else "", _award(part, rule, standard, tier, lang)]
    if part.when is not None:
        when = when_text(part.when, standard.facts, lang, tier)
        texts.append(_say("plain_head", lang, head=say("label.rule.when", lang), text=when))
    if part.na_allowed:
        texts.append(_say("rule.na", lang))
    if part.method and part.method != rule.method:
        texts.append(_say("plain_head", lang, head=say("label.rule.method", lang), text=part.method))
    text = _say("separator", lang).join(squashed(t).rstrip(_ENDS) for t in texts if t)
    return _say("rule.part", lang, title=escaped(squashed(part.title)), points=shown(part.points), text=escaped(text))


def _more(rule: Rule, standard: ResolvedStandard, tier: str, lang: Lang) -> Iterator[tuple[str, str]]:
    """Give what else a rule says, by the key of its label, in the order in which it is read."""
    if rule.when is not None:
        yield "when", when_text(rule.when, standard.facts, lang, tier)
    if rule.veto is not None:
        grade = next((g.title for g in standard.grades if g.id == rule.veto), rule.veto)
        yield "veto", _say(f"rule.veto_{rule.veto_on}", lang, grade=grade)
    yield "clause", short_clause(rule, standard, lang)
    for key in ("method", "guide", "scored_by"):
        if value := getattr(rule, key):
            yield key, value
    join = say("wording.list.join", lang)
    if rule.documents:
        yield "documents", join.join(rule.documents)
    if rule.evidence is not None:
        yield "evidence", say(f"label.evidence.{rule.evidence}", lang)
    if rule.na_allowed:
        yield "not_applicable", _say("rule.na", lang)
    if rule.remedy:
        yield "remedy", _say("rule.remedy", lang, remedy=squashed(rule.remedy).rstrip(_ENDS), days=rule.days)
    if rule.assumed:
        yield "assumed", join.join(assumed_word(word, lang) for word in rule.assumed)


def assumed_word(word: str, lang: Lang) -> str:
    """Name a key of a rule or of the scoring that the standard decided itself."""
    keys = (f"report.assumed.word.{word}", f"label.rule.{word}")
    return next((say(key, lang) for key in keys if known(key, lang)), word)
