"""What a child standard changed, in words: what it was, and what it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plsp_audit.model.catalogue import Lang, known, say
from plsp_audit.model.standard import Change, ResolvedStandard
from plsp_audit.standards.wording_words import squashed


def change_text(change: Change, standard: ResolvedStandard, lang: Lang = "zh") -> str:
    """Say what was changed: `分值由6改为7`; of what takes more than a few words, only that it was.

    Args:
        change: What was changed.
        standard: The standard that came of it, whose grades and parameters are named.
        lang: The language.
    """
    return say("wording.change.separator", lang).join(_pieces(change, standard, lang))


def _pieces(change: Change, standard: ResolvedStandard, lang: Lang) -> Iterator[str]:
    target = change.target
    if change.kind == "remove":
        yield say("wording.change.removed", lang, title=squashed(str(change.before or target)))
    elif change.kind == "alter" and isinstance(change.before, Mapping) and isinstance(change.after, Mapping):
        titles = {grade.id: grade.title for grade in standard.grades}
        for key, after in change.after.items():
            before = change.before.get(key)
            if key == "veto":
                before, after = (_quoted(titles.get(str(v), v), lang) for v in (before, after))
            elif key == "level":
                before, after = (_named(f"label.level.{value or 'required'}", value, lang) for value in (before, after))
            yield _one(_label("rule", key, lang), before, after, lang)
    elif change.kind == "parameter":
        parameter = standard.parameters.get(target)
        title, unit = (parameter.title, parameter.unit) if parameter is not None else (None, None)
        yield _one(title or say("wording.change.value", lang), change.before, change.after, lang, unit or "")
    elif change.kind == "dimension":
        title = next((d.title for d in standard.dimensions if d.id == target), target)
        for key, after in change.after.items():
            label = say("wording.change.of", lang, title=title, label=_label("dimension", key, lang))
            yield _one(label, change.before[key], after, lang)
    elif change.kind == "scoring":
        before, after = (_setting(target, value, lang) for value in (change.before, change.after))
        yield _one(_label("scoring", target, lang), before, after, lang)
    else:
        was, now = (_quoted(_bands(grades, lang), lang) for grades in (change.before, change.after))
        yield _one(say("wording.change.grades", lang), was, now, lang)


def _bands(grades: list[dict[str, str]], lang: Lang) -> str:
    said = [say("wording.change.band", lang, title=grade["title"], start=grade["from"]) for grade in grades]
    return say("wording.change.join", lang).join(said)


def _one(label: str, before: Any, after: Any, lang: Lang, unit: str = "") -> str:
    """Say from what to what; only that it was changed where either is more than a word."""
    if any(isinstance(value, Mapping | list | tuple) for value in (before, after)):
        return say("wording.change.altered", lang, label=label)
    was, now = (None if value is None else f"{squashed(str(value))}{unit}" for value in (before, after))
    if now is None:
        return say("wording.change.dropped", lang, label=label)
    if was is None:
        return say("wording.change.set", lang, label=label, after=now)
    return say("wording.change.from_to", lang, label=label, before=was, after=now)


def _label(group: str, key: str, lang: Lang) -> str:
    """Give the word for a key of a rule, a dimension or the scoring; the key itself where there is none."""
    names = (f"wording.change.key.{key}", f"label.{group}.{key}")
    return next((say(name, lang) for name in names if known(name, lang)), key)


def _named(key: str, value: Any, lang: Lang) -> Any:
    return say(key, lang) if known(key, lang) else value


def _setting(key: str, value: Any, lang: Lang) -> Any:
    """Give a setting of the scoring as it is read."""
    named = key in ("model", "not_applicable", "not_checked")
    return _named(f"label.scoring.{key}.{value}", value, lang) if named else value


def _quoted(value: Any, lang: Lang) -> Any:
    opened, closed = say("wording.list.quote_open", lang), say("wording.list.quote_close", lang)
    return f"{opened}{value}{closed}" if isinstance(value, str) else value
