"""How a circular tells counts: of a tier in an area, by grade with rates, and county by county."""

from __future__ import annotations

from collections.abc import Sequence

from plsp_audit.model.bulletin import Count, Excluded, Part
from plsp_audit.model.rollup import Area, Group
from plsp_audit.reporting.bulletin_words import Words

MOST_NAMED = 20
"""So many sites without a grade for the same reason are named in a sentence; more are in an attached list."""

PROBLEMS_NO = 2
"""The number of the attachment that lists the shortfalls, where there are any."""

MOST_UNITS = 30
"""So many counties are told one by one in a sentence; more stand in the attached table only."""


def tier_counts(words: Words, counts: Sequence[Count], *, named: bool, units: bool) -> str:
    """Tell one tier of an area: how many sites, how they came out, and county by county.

    Args:
        words: The words of the circular.
        counts: The tier's counts, one of each standard and set of bands; they are never added up by grade.
        named: Whether the tier is named in the sentence.
        units: Whether its counties are told one by one.
    """
    tier, sites = words.tier(counts[0]), sum(count.area.sites for count in counts)
    told = {"event": words.event, "tier": tier, "sites": sites}
    if len(counts) == 1:
        head = words.say("count.one_tier" if named else "count.all", **told)
        return _told(words, head, counts[0], units)
    text = words.say("count.apart_tier" if named else "count.apart", **told)
    for count in counts:
        standard = words.standard(count.group.standard_title)
        head = words.say("count.by_standard", standard=standard, sites=count.area.sites)
        text += _told(words, head, count, units)
    return text


def part_counts(words: Words, part: Part, *, units: bool) -> str:
    """Tell the tiers of a city, one after another."""
    text = ""
    for count in part.counts:
        drawn = count.area.sampled is not None and count.area.sampled.checked == count.area.sites
        key = "count.of_tier_drawn" if drawn else "count.of_tier"
        head = words.say(key, tier=words.tier(count), sites=count.area.sites)
        if sum(other.tier == count.tier for other in part.counts) > 1:
            standard = words.standard(count.group.standard_title)
            head = words.say("count.tier_by_standard", tier=words.tier(count), standard=standard,
                             sites=count.area.sites)  # fmt: skip
        text += _told(words, head, count, units)
    return text


def _told(words: Words, head: str, count: Count, units: bool) -> str:
    area = count.area
    text = f"{head}{words.say('text.clause')}{_status(words, area)}{words.say('text.stop')}"
    if area.rated:
        text += grades(words, count.group, area)
        text += words.say(
            "count.mean" if area.rated > 1 else "count.score",
            mean=words.number(area.mean), highest=words.number(area.highest), lowest=words.number(area.lowest),
        )  # fmt: skip
    inside = words.units_of(count) if units else []
    if 1 < len(inside) <= MOST_UNITS:
        alike = area.sites in (area.not_rated, area.no_score)  # what the sentence before says of all
        told = [_unit(words, count.group, one, alike) for one in inside]
        items = words.joined(told, "comma" if alike else "semicolon")
        text += words.say("count.units", unit=words.county_word, items=items)
    return text


def _status(words: Words, area: Area) -> str:
    if area.rated == area.sites:
        return words.say("count.everyone") if area.sites > 1 else words.say("count.rated", count=1)
    told = {"rated": area.rated, "not_rated": area.not_rated, "no_score": area.no_score}
    for key in ("not_rated", "no_score"):
        if told[key] == area.sites > 1:
            return words.say(f"count.{key}_all")
    items = [words.say(f"count.{key}", count=count) for key, count in told.items() if count]
    among = words.say("count.among") if len(items) > 1 else ""
    return among + words.joined(items)


def grades(words: Words, group: Group, area: Area) -> str:
    """Tell how many rated sites have each grade, with rates worked out from the counts; 0 is told as none."""
    clauses: list[str] = []
    none: list[str] = []
    for at, grade in enumerate(group.grades):
        count, key = area.by_grade[grade.id], words.grade_key(group, at)
        told = {"title": words.title(grade.title), "band": words.band(group, at), "count": count}
        if not count:
            none.append(words.say("text.quote", text=told["title"]))
        elif count == area.rated:
            return words.sentence([words.say(f"count.{key}{'every' if count > 1 else 'one'}", **told)])
        else:
            suffix = "" if clauses else "_first"
            clauses.append(words.say(f"count.{key}grade{suffix}", rate=words.rate(area.rate(grade.id)), **told))
    if none:
        clauses.append(words.say("count.none", titles=words.listed_or(none)))
    return words.sentence(clauses)


def _unit(words: Words, group: Group, area: Area, alike: bool) -> str:
    name = words.place(area.county)
    if alike:
        return words.say("count.unit_plain", name=name, sites=area.sites)
    found = {words.title(grade.title): count for grade in group.grades if (count := area.by_grade[grade.id])}
    if len(found) == 1 and area.rated == area.sites:
        key = "unit_every" if area.sites > 1 else "unit_one"
        return words.say(f"count.{key}", name=name, sites=area.sites, title=next(iter(found)))
    items = [words.say("count.unit_grade", title=title, count=count) for title, count in found.items()]
    told = {"not_rated": area.not_rated, "no_score": area.no_score}
    items += [words.say(f"count.unit_{key}", count=count) for key, count in told.items() if count]
    return words.say("count.unit", name=name, sites=area.sites, grades=words.joined(items))


def excluded(words: Words, found: Sequence[Excluded]) -> str:
    """Name every site without a grade, with the reason."""
    text = ""
    for one in found:
        reason = words.reason(one.reason)
        key = one.status if reason else f"{one.status}_plain"
        if len(one.sites) > MOST_NAMED:
            text += words.say(f"excluded.{key}_many", reason=reason, count=len(one.sites), no=_excluded_no(words))
        else:
            names = words.listed([words.site(site) for site in one.sites])
            text += words.say(f"excluded.{key}", names=names, reason=reason)
    return text


def _excluded_no(words: Words) -> int:
    """Give the number of the attachment that lists the sites without a grade: it follows that of the shortfalls."""
    return PROBLEMS_NO + bool(words.facts.shortfalls)


def objects(words: Words, part: Part) -> str:
    """Say how many sites of which tier were inspected, and which were drawn."""
    items = []
    for tier in dict.fromkeys(count.tier for count in part.counts):
        areas = [count.area for count in part.counts if count.tier == tier]
        sites = sum(area.sites for area in areas)
        drawn = sum(area.sampled.checked for area in areas if area.sampled)
        of = areas[0].sampled.of if len(areas) == 1 and areas[0].sampled else None
        key = "object" if not drawn else "drawn_some" if drawn < sites else "drawn_of" if of is not None else "drawn"
        items.append(words.say(f"intro.{key}", count=sites, tier=words.tier(tier), drawn=drawn, of=of))
    return words.listed(items)


def how(words: Words, part: Part, table: str = "intro") -> dict[str, str]:
    """Say by whom and how it was inspected, as clauses; `table` has the sentences in which methods are told."""
    teams = words.say("intro.teams", count=part.teams) if part.teams > 1 else ""
    methods = [words.text(method, 40) for method in part.methods]
    key = {"intro": "intro.method", "count": "count.part_method"}[table] + ("s" if len(methods) > 1 else "")
    return {
        "teams": teams or (words.say("intro.team") if part.teams else ""),
        "methods": words.say(key, methods=words.joined(methods)) if methods else "",
    }
