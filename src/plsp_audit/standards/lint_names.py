"""Names: parameters and facts that nothing uses, aliases that collide, ids that mean two things."""

from __future__ import annotations

from collections.abc import Iterator

from plsp_audit.loading.facts import dictionary
from plsp_audit.model.facts import Fact, FactDictionary, FactField, FactsFile, MoreOptions, Options
from plsp_audit.model.problem import Place, Problem
from plsp_audit.model.site import SITE_FIELDS
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.model.text import folded
from plsp_audit.model.values import ABSENT_WORDS, UNKNOWN_WORDS
from plsp_audit.standards.lint_base import at_rule, tiers_rules, warning
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.uses import facts_used

_MEMBER_WORDS = frozenset({*ABSENT_WORDS, *UNKNOWN_WORDS, "有"} - {""})


def find(resolution: Resolution) -> Iterator[Problem]:
    """Give the findings of parameters, facts and ids."""
    yield from _parameters(resolution)
    if resolution.pack.facts is not None:
        below = dictionary(resolution.layers[:-1])
        yield from _unused(resolution, resolution.pack.facts)
        for fid, fact in resolution.pack.facts.facts.items():
            if isinstance(fact, Fact):
                yield from _fact_names(resolution, fid, fact, below)
        yield from _more_options(resolution, resolution.pack.facts, below)
    yield from _ids(resolution)
    yield from _source_ids(resolution)
    yield from _titles(resolution)
    yield from _tailoring(resolution)


def _fact_place(resolution: Resolution, *path: str | int) -> Place:
    document = resolution.pack.facts_document
    return document.place(("facts", *path), key=len(path) == 1) if document is not None else Place()


def _parameters(resolution: Resolution) -> Iterator[Problem]:
    own = resolution.pack.file
    for name in own.parameters:
        if name not in resolution.parameters_used:
            yield warning("parameter_unused", resolution.entry_place("parameters", name), name=name)
    for name in own.tailoring.parameters if own.tailoring is not None else ():
        if name in resolution.standard.parameters and name not in resolution.parameters_used:
            place = resolution.pack.document.place(("tailoring", "parameters", name), key=True)
            yield warning("parameter_unused", place, name=name)


def _used(standard: ResolvedStandard) -> set[str]:
    return {fid for tier in standard.rules for fid in facts_used(standard, tier)}


def _unused(resolution: Resolution, own: FactsFile) -> Iterator[Problem]:
    used = _used(resolution.standard)
    for fid, entry in own.facts.items():
        if fid not in used:
            label = entry.label if isinstance(entry, Fact) else fid
            yield warning("fact_unused", _fact_place(resolution, fid), fact=fid, label=label)
    document = resolution.pack.facts_document
    for fid in own.more_options:
        if fid not in used and document is not None:
            yield warning("fact_unused", document.place(("more_options", fid), key=True), fact=fid, label=fid)


def _fact_names(resolution: Resolution, fid: str, fact: Fact, below: FactDictionary) -> Iterator[Problem]:
    """Find names of an own fact that mean another one below, or that a site or a list has taken."""
    place = _fact_place(resolution, fid)
    used = _used(resolution.standard)
    for name in dict.fromkeys((fid, fact.label, *fact.aliases)):
        other = below.find(name)
        if other is not None and other != fid:
            yield warning("alias_misread" if other in used else "alias_taken", place, name=name, fact=fid, other=other)
        if folded(name) in SITE_FIELDS:
            yield warning("site_field_taken", place, name=name, fact=fid)
    yield from _option_words(resolution, (fid,), fact)
    for key, field in fact.fields.items():
        yield from _option_words(resolution, (fid, "fields", key), field)


def _option_words(resolution: Resolution, path: tuple[str, ...], field: FactField) -> Iterator[Problem]:
    words = _MEMBER_WORDS if field.type in ("choices", "counts") else UNKNOWN_WORDS
    for key, option in field.options.items():
        for name in dict.fromkeys((key, option.label, *option.aliases)):
            if folded(name) in words:
                place = _fact_place(resolution, *path, "options", key)
                yield warning("option_word", place, name=name, label=field.label)


def _more_options(resolution: Resolution, own: FactsFile, below: FactDictionary) -> Iterator[Problem]:
    document = resolution.pack.facts_document
    entries: list[tuple[tuple[str, ...], str, Options]] = [
        (("facts", fid, "more_options"), fid, entry.more_options)
        for fid, entry in own.facts.items()
        if isinstance(entry, MoreOptions)
    ]
    entries += [(("more_options", fid), fid, options) for fid, options in own.more_options.items()]
    for path, fid, options in entries:
        fact = below.facts.get(fid)
        for key, option in options.items() if fact is not None and document is not None else ():
            for name in dict.fromkeys((key, option.label, *option.aliases)):
                other = fact.option_id(name) if fact is not None else None
                if other is not None and other != key and other not in options and document is not None:
                    place = document.place((*path, key), key=True)
                    yield warning("option_taken", place, name=name, option=key, other=other)


def _ids(resolution: Resolution) -> Iterator[Problem]:
    standard = resolution.standard
    dimensions = {d.id for d in standard.dimensions}
    for tier, rule in tiers_rules(resolution):
        fact = standard.facts.find(rule.id)
        if fact is not None:
            yield at_rule(resolution, tier, rule, ("id",), "rule_is_fact", fact=fact)
        if rule.id in dimensions:
            yield at_rule(resolution, tier, rule, ("id",), "rule_is_dimension")


def _source_ids(resolution: Resolution) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for pack in resolution.line:
        here: set[str] = set()
        for number, source in enumerate(pack.file.sources):
            place = pack.document.place(("sources", number, "id"))
            if source.id in here:
                yield warning("source_twice", place, source=source.id)
            elif source.id in seen and folded(seen[source.id]) != folded(source.title):
                yield warning("source_replaced", place, source=source.id, other=seen[source.id])
            here.add(source.id)
            seen[source.id] = source.title


def _titles(resolution: Resolution) -> Iterator[Problem]:
    standard = resolution.standard
    titles: dict[str, str] = {}
    for grade in standard.grades:
        first = titles.setdefault(folded(grade.title), grade.id)
        if first != grade.id:
            place = resolution.entry_place("grades", grade.id, "title")
            yield warning("grade_title_twice", place, grade=grade.title, other=first)
    titles = {}
    for tier_ in standard.tiers:
        first = titles.setdefault(folded(tier_.title), tier_.id)
        if first != tier_.id:
            place = resolution.entry_place("tiers", tier_.id, "title")
            yield warning("tier_title_twice", place, tier=tier_.title, other=first)


def _tailoring(resolution: Resolution) -> Iterator[Problem]:
    """Find changes of the standard's own that change nothing."""
    for change in resolution.standard.changes:
        own = change.standard == resolution.standard.id
        if own and change.kind in ("parameter", "alter") and _plain(change.before) == _plain(change.after):
            yield warning("change_idle", resolution.place("tailoring"), target=change.target)


def _plain(value: object) -> object:
    return {k: str(v) for k, v in value.items()} if isinstance(value, dict) else str(value)
