"""What the source leaves open and the standard decided, as the report lists it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plsp_audit.model.catalogue import Lang, known, say
from plsp_audit.reporting.rows import AssumptionRow
from plsp_audit.reporting.wording import clean, label, listed, number
from plsp_audit.standards.wording_change import change_text

_AFTER_STOP = re.compile(r"(?<=[。；，、：])\s+")

if TYPE_CHECKING:
    from plsp_audit.model.rules import Rule
    from plsp_audit.model.standard import Change, ResolvedStandard, Rounding


def assumptions(standard: ResolvedStandard | None, tier: str, lang: Lang) -> tuple[AssumptionRow, ...]:
    """List every decision that the standard took where its source is silent, for the rules of one tier."""
    if standard is None:
        return (AssumptionRow("", say("report.assumed.unknown", lang)),)
    rows = list(_rows(standard, tier, lang))
    if len(rows) == 1:
        rows.append(AssumptionRow("", say("report.assumed.nothing", lang)))
    return tuple(rows)


def _rows(standard: ResolvedStandard, tier: str, lang: Lang) -> Iterator[AssumptionRow]:
    basis = say(f"report.assumed.points_{standard.points_basis}", lang)
    yield AssumptionRow(say("report.assumed.points", lang), basis)
    if standard.notes:
        yield AssumptionRow(say("report.assumed.notes", lang), clean(_AFTER_STOP.sub("", standard.notes), lang))
    if standard.scoring.assumed:
        settings = say("report.text.comma", lang).join(
            _scoring(standard, word, lang) for word in standard.scoring.assumed
        )
        yield AssumptionRow(say("report.assumed.scoring", lang), settings)
    grades = [
        say("report.assumed.grade_text", lang, title=clean(grade.title, lang, 60), from_=number(grade.from_))
        for grade in standard.grades
        if grade.assumed
    ]
    if grades:
        yield AssumptionRow(say("report.assumed.grade", lang), listed(grades, lang))
    yield from _by_word(standard.rules.get(tier, ()), lang)
    for change in standard.changes:
        if change.tier in (None, tier):
            yield _change(change, standard, lang)


def _by_word(rules: Sequence[Rule], lang: Lang) -> Iterator[AssumptionRow]:
    """Say of each kind of decision for which rules it was taken: a line a rule would run over pages."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        for word in rule.assumed:
            found.setdefault(word, []).append(rule.id)
    for word, ids in found.items():
        if len(ids) == len(rules):
            yield AssumptionRow(_word(word, lang), say("report.assumed.every_rule", lang, count=len(ids)))
        else:
            items = clean(listed(ids, lang), lang)
            yield AssumptionRow(_word(word, lang), say("report.assumed.rules", lang, items=items, count=len(ids)))


def _word(word: str, lang: Lang) -> str:
    key = f"report.assumed.word.{word}"
    return say(key, lang) if known(key, lang) else clean(word, lang, 100)


def _scoring(standard: ResolvedStandard, word: str, lang: Lang) -> str:
    """Name a scoring setting with the value it was given."""
    value = getattr(standard.scoring, word, None)
    if word == "rounding":
        text = _rounding(standard.scoring.rounding, lang)
    elif value is None:
        return _word(word, lang)
    else:
        text = label(f"scoring.{word}.{value}", lang, value) if isinstance(value, str) else number(value)
    return say("report.assumed.value.model", lang, label=_word(word, lang), value=text)


def _rounding(rounding: Rounding | None, lang: Lang) -> str:
    if rounding is None:
        return say("report.assumed.value.rounding_none", lang)
    mode = say(f"label.scoring.rounding.{rounding.mode}", lang)
    return say("report.assumed.value.rounding", lang, places=rounding.places, mode=mode)


def _change(change: Change, standard: ResolvedStandard, lang: Lang) -> AssumptionRow:
    """Say what a child standard changed, and why."""
    where = clean(say("report.assumed.change", lang, standard=change.standard, target=change.target), lang, 200)
    what, reason = clean(change_text(change, standard, lang), lang, 400), clean(change.reason, lang, 400)
    return AssumptionRow(where, say("report.assumed.changed", lang, what=what, reason=reason))
