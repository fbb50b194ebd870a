"""Whole rules in words: the columns 评分标准, 标准要求 and 条款依据."""

from __future__ import annotations

from collections.abc import Iterable

from plsp_audit.model.awards import (
    Award,
    DeductAward,
    JudgedAward,
    MissingBranch,
    OverAward,
    PerAward,
    PerBranch,
    TimesValue,
)
from plsp_audit.model.checks import Check, JudgedCheck
from plsp_audit.model.result import Clause
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.standards.wording_award import Stake, award_words, numbered
from plsp_audit.standards.wording_branch import found_text
from plsp_audit.standards.wording_check import measure_name, over_subject, render
from plsp_audit.standards.wording_value import amount_of, shown
from plsp_audit.standards.wording_words import Words, squashed

_ENDS = "。．.；;，,、 "


def sentences(items: Iterable[str], words: Words) -> str:
    """Join sentences, each with one stop."""
    kept = [text for item in items if (text := squashed(item).rstrip(_ENDS))]
    if words.lang == "en":
        kept = [text[0].upper() + text[1:] for text in kept]
    stop = words.say("list.stop")
    return (stop.join(kept) + stop).strip() if kept else ""


def headed(key: str, text: str, words: Words) -> str:
    """Put the catalogue's word for a key of a rule before a text: 适用条件：…; nothing for no text."""
    return words.say("rule.headed", head=words.keyword(f"rule.{key}"), text=text) if text else ""


def scoring_words(rule: Rule, standard: ResolvedStandard, words: Words) -> str:
    """Write the requirement, how it is scored, when it applies, what it caps, and the guide."""
    if rule.parts is not None:
        body = [_parts_scoring(rule, rule.parts, words)]
    else:
        body = [_asked(rule.check, words), _award(rule, words)]
    body.append(headed("when", "" if rule.when is None else render(rule.when, words, "if"), words))
    if rule.veto is not None:
        title = next((g.title for g in standard.grades if g.id == rule.veto), rule.veto)
        body.append(headed("veto", words.say(f"rule.veto_{rule.veto_on}", grade=title), words))
    guides = [_guide(rule), *(_guide(p) for p in rule.parts or ()), squashed(rule.guide or "")]
    kept = [g.rstrip(_ENDS) for g in dict.fromkeys(guides) if g]
    body.append(headed("guide", words.say("list.separator").join(kept), words))
    return sentences(body, words)


def _guide(item: Rule | Part) -> str:
    return squashed(item.check.judged.guide or "") if isinstance(item.check, JudgedCheck) else ""


def _asked(check: Check | None, words: Words) -> str:
    """Give what a check asks; by what the inspectors judge is said in the guide."""
    if check is None or (isinstance(check, JudgedCheck) and not check.title):
        return ""
    return render(check, words)


def _award(item: Rule, words: Words) -> str:
    award: Award | None = item.award
    if award is None and isinstance(item.check, JudgedCheck):
        award = JudgedAward()
    if item.level == "info":
        return words.say("award.info")
    if not item.points and not isinstance(award, DeductAward):
        return ""
    return award_words(award, Stake(item.points, item.level), words)


def _parts_scoring(rule: Rule, parts: list[Part], words: Words) -> str:
    plain = [p.award is None and not isinstance(p.check, JudgedCheck) for p in parts]
    items = [_part_text(part, rule, bare, words) for part, bare in zip(parts, plain, strict=True)]
    text = words.say("rule.parts", items=words.listing(items, 0))
    if rule.level in ("info", "penalty", "bonus") or not any(plain):
        return text
    rest = words.say("rule.parts_none" if all(plain) else "rule.parts_rest")
    return sentences((text, rest), words)


def _part_text(part: Part, rule: Rule, plain: bool, words: Words) -> str:
    head = words.say("rule.part", title=squashed(part.title), points=shown(part.points))
    asked = "" if part.check is None or isinstance(part.check, JudgedCheck) else _part_asked(part.check, words)
    stake = Stake(part.points, rule.level)
    level_text = plain and rule.level not in ("penalty", "bonus")
    award = "" if level_text else award_words(part.award or (None if plain else JudgedAward()), stake, words)
    when = headed("when", "" if part.when is None else render(part.when, words, "if", depth=1), words)
    body = words.say("list.comma").join(t for t in ("" if asked in part.title else asked, award) if t)
    text = words.say("list.headed", head=head, text=body) if body else head
    return words.say("list.noted", text=text, note=when) if when else text


def _part_asked(check: Check, words: Words) -> str:
    return render(check, words, listed=True, depth=1)


def requirement_words(item: Rule | Part, words: Words) -> str:
    """Write what was asked, without points."""
    if isinstance(item, Rule) and item.parts is not None:
        return words.listing([_part_requirement(p, words) for p in item.parts], 0)
    if item.check is not None and not (isinstance(item.check, JudgedCheck) and not item.check.judged.guide):
        return render(item.check, words)
    penalty = isinstance(item, Rule) and item.level == "penalty"
    match item.award:
        case OverAward():
            return _over_asked(item.award, Stake(item.points), words)
        case DeductAward():
            found = [_branch_asked(item.award, n, words) for n in range(len(item.award.deduct))]
            if len(found) == 1:
                return words.say("asked.none_one", text=found[0])
            return words.say("asked.none_of", items=numbered(found, words))
        case PerAward():
            name = measure_name(item.award.per, words)
            if penalty:
                return words.say("asked.none_one", text=words.case(name))
            return words.say("asked.per_add", fact=name)
        case _:
            guide = squashed(item.guide or "") if isinstance(item, Rule) else ""
            return guide or words.say("asked.judged")


def _part_requirement(part: Part, words: Words) -> str:
    title = squashed(part.title)
    text = _part_asked(part.check, words) if part.check is not None else requirement_words(part, words)
    return title if text in title else words.say("list.headed", head=title, text=text)


def _branch_asked(award: DeductAward, number: int, words: Words) -> str:
    branch = award.deduct[number]
    text = found_text(branch, words)
    if branch.title:
        return text
    if isinstance(branch, MissingBranch):
        return words.say("asked.lacking", text=text)
    return words.case(text) if isinstance(branch, PerBranch) else text


def _over_asked(award: OverAward, stake: Stake, words: Words) -> str:
    """Give what earns all the points, where one value does; else what the points go by."""
    if award.steps is None:
        subject = over_subject(award.over, [award.below or ""], words)
        return words.say("asked.reach", fact=subject.noun, bound=subject.value(award.below or "", words))
    bound, value = award.steps[0]
    subject = over_subject(award.over, [b for b, _ in award.steps], words)
    if not isinstance(value, TimesValue) and amount_of(value, words) == stake.points:
        return words.say("asked.reach", fact=subject.noun, bound=subject.value(bound, words))
    return words.say("asked.by" if len(award.steps) == 1 else "asked.steps", fact=subject.noun)


def clause_words(clause: Clause, standard: ResolvedStandard, words: Words) -> str:
    """Write where a requirement stands; the document is named where there are several."""
    at = words.join([clause.at] if isinstance(clause.at, str) else clause.at)
    source = standard.source(clause.source)
    if source is None or len(standard.sources) < 2:
        return at
    return words.say("rule.clause", source=squashed(source.title).strip("《》"), at=at)
