"""What was seen, in words: facts by label and value."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.facts import Fact, FactField
from plsp_audit.model.values import ABSENT, Members, Span, Value, shown

MAX_ROWS = 8
"""Rows that are written out one by one; more are counted."""


def _date(span: Span, lang: Lang) -> str:
    if lang == "en":
        return span.iso()
    day = date.fromordinal(span.first)
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if span.first == span.last else "")


def option_label(field: FactField, member: str) -> str:
    """Give the label of an option, or the text itself where it is none."""
    return field.options[member].label if member in field.options else shown(member)


def _ordered(field: FactField, members: Any) -> list[str]:
    known = [key for key in field.options if key in members]
    return [option_label(field, m) for m in (*known, *sorted(m for m in members if m not in field.options))]


def _members(field: FactField, value: Members, lang: Lang) -> str:
    comma = say("result.listed", lang)
    if value.rest and not value.present and value.absent:
        words = say("result.all_but", lang, members=comma.join(_ordered(field, value.absent)))
    else:
        words = comma.join(_ordered(field, value.present)) or say("result.none_listed", lang)
    if value.unknown:
        words += say("result.joined", lang) + say(
            "result.not_looked_at", lang, members=comma.join(_ordered(field, value.unknown))
        )
    return words


def _counts(field: FactField, value: dict[str, Any], lang: Lang) -> str:
    unit = field.unit or ""
    words = [
        say("result.times", lang, label=option_label(field, key), unit=unit if count is not None else "",
            count=number_text(Fraction(count)) if count is not None else say("result.unknown", lang))
        for key, count in value.items()
    ]  # fmt: skip
    return say("result.listed", lang).join(words) or say("result.none_listed", lang)


def _field(field: FactField, value: Value, lang: Lang) -> str:
    """Give a field of a row: a name speaks for itself, anything else needs its label."""
    words = value_text(field, value, lang)
    return words if field.type in ("choice", "text") else say("result.fact", lang, label=field.label, value=words)


def _rows(fact: Fact, value: list[dict[str, Value]], lang: Lang) -> str:
    if not value:
        return say("result.none_listed", lang)
    if len(value) > MAX_ROWS:
        return _many_rows(fact, value, lang)
    words = []
    for number, row in enumerate(value, start=1):
        known = [(fact.fields[key], row[key]) for key in fact.fields if row.get(key) is not None]
        fields = say("result.listed", lang).join(_field(field, seen, lang) for field, seen in known)
        words.append(say("result.row", lang, number=number, fields=fields or say("result.unknown", lang)))
    return "".join(words).strip()


def _many_rows(fact: Fact, value: list[dict[str, Value]], lang: Lang) -> str:
    """Count rows that are too many to be read one by one, by the first choice that their fields make."""
    key = next((key for key, field in fact.fields.items() if field.type == "choice"), None)
    if key is None:
        return say("result.rows", lang, count=len(value))
    counts: dict[str, int] = {}
    for row in value:
        label = value_text(fact.fields[key], row.get(key), lang)
        counts[label] = counts.get(label, 0) + 1
    kinds = [say("result.rows_kind", lang, label=label, count=count) for label, count in counts.items()]
    return say("result.rows_by", lang, count=len(value), kinds=say("result.listed", lang).join(kinds))


def value_text(field: FactField, value: Value, lang: Lang = "zh") -> str:
    """Give a fact's value in words: `95㎡`, `是`, labels instead of ids."""
    if value is None:
        return say("result.unknown", lang)
    if value is ABSENT:
        return say("result.absent", lang)
    if isinstance(value, bool):
        return say("result.yes" if value else "result.no", lang)
    if isinstance(value, int | Fraction):
        return number_text(Fraction(value)) + (field.unit or "")
    if isinstance(value, Span):
        return _date(value, lang)
    if isinstance(value, Members):
        return _members(field, value, lang)
    if isinstance(value, dict):
        return _counts(field, value, lang)
    if isinstance(value, list):
        return _rows(field, value, lang) if isinstance(field, Fact) else str(len(value))
    return option_label(field, value) if field.type == "choice" else shown_text(value)


def shown_text(text: str) -> str:
    """Give a text fact for a report, on one line and not over 200 characters."""
    words = " ".join(text.split())
    return words if len(words) <= 200 else words[:200] + "…"
