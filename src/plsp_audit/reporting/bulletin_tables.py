"""The tables attached to a circular: grades by area, shortfalls, and, where asked for, every site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsp_audit.model.bulletin import Count, SiteName
from plsp_audit.model.bulletin_letter import Attachment, Column, Grid
from plsp_audit.model.rollup import Area, RankRow, Unscored
from plsp_audit.reporting.bulletin_counts import MOST_NAMED
from plsp_audit.reporting.bulletin_words import Words
from plsp_audit.reporting.wording import NOTHING

_WIDEST = 156.0
"""Millimetres that the columns of a table may need; a wider one goes without the highest and the lowest score."""


def attachments(words: Words, *, list_sites: bool) -> tuple[Attachment, ...]:
    """Give the attachments in their order."""
    whole = words.facts.whole
    key = "grades_county" if words.facts.level == "county" else "grades"
    grades = Attachment(
        words.say(f"table.{key}", unit=words.unit),
        tuple(_grades(words, count) for count in whole.counts),
        (words.say("table.grades_note" if whole.excluded else "table.grades_note_plain"), *_bands(words)),
    )
    found: tuple[Attachment, ...] = (grades,)
    if words.facts.shortfalls:
        problems = words.say("table.problems")
        found += (Attachment(problems, (_problems(words),), (words.say("table.problems_note"),)),)
    if any(len(one.sites) > MOST_NAMED for part in (whole, *words.facts.parts) for one in part.excluded):
        found += (Attachment(words.say("table.excluded"), (_excluded(words),)),)
    if list_sites:
        found += (Attachment(words.say("table.sites"), tuple(_sites(words, count) for count in whole.counts)),)
    return found


def _bands(words: Words) -> Iterator[str]:
    """Say which scores earn which grade, where the grades do not say so themselves."""
    told = set()
    for group in words.facts.summary.groups:
        items = [words.say("table.band", title=words.text(grade.title, 20), band=words.band_words(group, at))
                 for at, grade in enumerate(group.grades)
                 if words.band_words(group, at) and not words.grade_key(group, at)]  # fmt: skip
        if (text := words.sentence(items)) and text not in told:
            told.add(text)
            yield text


def _caption(words: Words, count: Count) -> str:
    counts = words.facts.whole.counts
    several = sum(other.tier == count.tier for other in counts) > 1 or len(words.facts.standards) > 1
    standard = words.standard(count.group.standard_title)
    text = words.say("table.caption_standard" if several else "table.caption", tier=words.tier(count),
                     standard=standard)  # fmt: skip
    sampled = count.area.sampled
    if sampled and sampled.checked == count.area.sites:
        text = words.say("table.caption_sampled", text=text)
    return text


def _grades(words: Words, count: Count) -> Grid:
    group, cities = count.group, words.facts.level == "province"
    several = cities or len({part.place[:2] for part in words.facts.parts}) > 1
    columns = [Column(words.say("table.city"), 17)] if several else []
    columns.append(Column(words.say("table.unit", unit=words.county_word), 19))
    shown = [key for key in ("rated", "not_rated", "no_score") if key == "rated" or getattr(count.area, key)]
    columns += [Column(words.say("table.inspected"), 10.5)]
    columns += [Column(words.say(f"table.{key}"), 10.5) for key in shown]
    columns += [Column(words.text(grade.title, 20), 13) for grade in group.grades]
    scores = [Column(words.say(f"table.{key}"), 11) for key in ("mean", "highest", "lowest")]
    if sum(column.share for column in (*columns, *scores)) > _WIDEST:
        scores = scores[:1]
    columns += scores
    rows: list[tuple[str, ...]] = []
    sums: set[int] = set()
    for area, names in _areas(words, count, several):
        if area.level != "county":
            sums.add(len(rows))
        rows.append((*names, *_numbers(words, count, area, shown))[: len(columns)])
    return Grid(_caption(words, count), tuple(columns), tuple(rows), frozenset(sums))


def _areas(words: Words, count: Count, several: bool) -> Iterator[tuple[Area, tuple[str, ...]]]:
    """Give the areas of a table with their names: counties, at the end of each city its sum, last the whole."""
    group, total = count.group, words.say("table.total")
    own = [area for area in group.areas if area.tier == count.tier]
    for city in _in_order(words, [area for area in own if area.level == "city"]):
        inside = _in_order(words, [a for a in own if a.level == "county" and a.place[:2] == city.place[:2]])
        for area in inside:
            name = words.place(area.county)
            yield area, ((words.place(city.city), name) if several else (name,))
        if several and len(inside) > 1:
            yield city, (words.place(city.city), words.say("table.subtotal"))
    yield count.area, ((total, "") if several else (total,))


def _in_order(words: Words, areas: Sequence[Area]) -> list[Area]:
    return sorted(areas, key=lambda area: words.facts.order.index(area.place))


def _numbers(words: Words, count: Count, area: Area, shown: Sequence[str]) -> Iterator[str]:
    yield str(area.sites)
    yield from (str(getattr(area, key)) for key in shown)
    for grade in count.group.grades:
        number = area.by_grade[grade.id]
        rate = words.rate(area.rate(grade.id))
        yield words.say("table.count_rate", count=number, rate=rate) if number else "0"
    yield from (words.number(value) if area.rated else NOTHING for value in (area.mean, area.highest, area.lowest))


def _problems(words: Words) -> Grid:
    several = len(words.facts.tiers) > 1
    heads = [("no", 11), ("problem", 77), *([("tier", 20)] if several else []), ("applicable", 12), ("failing", 12),
             ("partial", 12), ("short", 12), ("rate", 19)]  # fmt: skip
    columns = [Column(words.say(f"table.{key}"), share, "left" if key == "problem" else "center")
               for key, share in heads]  # fmt: skip
    rows: list[tuple[str, ...]] = []
    for number, row in enumerate(words.facts.shortfalls, start=1):
        tier = (words.short_tier(row.tier),) if several else ()
        counts = (row.applicable, row.failing, row.partial, row.short)
        rows.append((str(number), words.text(row.title), *tier, *map(str, counts), words.rate(row.rate)))
    return Grid("", tuple(columns), tuple(rows))


def _excluded(words: Words) -> Grid:
    columns = (
        Column(words.say("table.no"), 11), Column(words.say("table.unit", unit=words.county_word), 32),
        Column(words.say("table.site"), 64, "left"), Column(words.say("table.status"), 19),
        Column(words.say("table.reason"), 30, "left"),
    )  # fmt: skip
    found = [(site, one) for one in words.facts.whole.excluded for site in one.sites]
    rows = [(str(number), _whereabouts(words, site), words.text(site.name, 80), words.status(one.status),
             words.reason(one.reason) or NOTHING) for number, (site, one) in enumerate(found, start=1)]  # fmt: skip
    return Grid("", columns, tuple(rows))


def _sites(words: Words, count: Count) -> Grid:
    group = count.group
    columns = (
        Column(words.say("table.no"), 11), Column(words.say("table.unit", unit=words.county_word), 32),
        Column(words.say("table.site"), 74, "left"), Column(words.say("table.score"), 15),
        Column(words.say("table.result"), 24),
    )  # fmt: skip
    rows: list[tuple[RankRow | Unscored, str, str]] = []
    for row in group.ranking:
        if row.tier == count.tier:
            rows.append((row, words.number(row.score), words.text(group.grade_title(row.grade), 20)))
    for out in group.unscored:
        if out.tier == count.tier:
            rows.append((out, NOTHING, words.status(out.status)))
    told = []
    for number, (site, score, grade) in enumerate(rows, start=1):
        name = SiteName(site.id, site.name, site.city, site.county)
        told.append((str(number), _whereabouts(words, name), words.text(site.name, 80), score, grade))
    return Grid(_caption(words, count), columns, tuple(told))


def _whereabouts(words: Words, site: SiteName) -> str:
    if words.facts.level != "province":
        return words.place(site.county)
    return words.joined([words.place(site.city), words.text(site.county, 40)], "gap")
