"""The body of a circular: how it was inspected, how the sites came out, what is good, what is wrong, what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsp_audit.model.bulletin import Practice, Shortfall, SiteName
from plsp_audit.model.bulletin_letter import Passage
from plsp_audit.reporting.bulletin_counts import PROBLEMS_NO, excluded, how, objects, part_counts, tier_counts
from plsp_audit.reporting.bulletin_demands import demands
from plsp_audit.reporting.bulletin_words import Words

_WORST = 5
"""How many shortfalls of a tier are told; the attached table has all."""

_MOST_BONUS, _MOST_FULL, _MOST_NAMED, _EXAMPLES = 3, 5, 10, 3
_TOLD_COUNTIES = 40


def body(words: Words) -> tuple[Passage, ...]:
    """Give the body, from the first paragraph to the closing words."""
    sections = [(words.say("heading.overall"), overall(words))]
    if words.facts.level == "province" and len(words.facts.parts) > 1:
        sections.append((words.say("heading.parts", unit=words.unit), list(_parts(words))))
    sections.append((words.say("heading.good"), _numbered(words, _good(words))))
    sections.append((words.say("heading.bad"), _numbered(words, _bad(words))))
    sections.append((words.say("heading.demands"), _numbered(words, demands(words), always=True)))
    passages = [Passage(_intro(words))]
    for number, (title, found) in enumerate([s for s in sections if s[1]], start=1):
        passages += [Passage(words.heading(number, title), heading=True), *found]
    passages.append(Passage(words.say("demand.close")))
    return tuple(passage._replace(text=passage.text.rstrip(" ")) for passage in passages)


def _intro(words: Words) -> str:
    facts = words.facts
    named = [part for part in facts.parts if part.place[1 if facts.level == "province" else 2]]
    if len(facts.parts) > 1 and len(named) == len(facts.parts):
        areas = [count.area for count in facts.whole.counts if count.tier == facts.tiers[0]]
        drawn = all(area.sampled and area.sampled.checked == area.sites for area in areas)
        key = "several_drawn" if drawn else "several"
        scope = words.say(f"intro.{key}", all=words.all, count=len(named), unit=words.unit)
    else:
        here = next((name for name in reversed(facts.place) if name), None)
        scope = words.say("intro.within", place=words.text(here, 40)) if here else ""
    told = how(words, facts.whole) if facts.level != "province" else {"teams": "", "methods": ""}
    standards = words.listed([words.standard(title) for title in facts.standards])
    return words.say(
        "intro.whole", period=words.period(facts.whole.first, facts.whole.last), we=words.we, scope=scope,
        basis=words.say("intro.basis", standards=standards), objects=objects(words, facts.whole), event=words.event,
        **told,
    )  # fmt: skip


def overall(words: Words) -> list[Passage]:
    """Tell the counts of the whole area, tier by tier, and the sites without a grade."""
    facts = words.facts
    by_tier = [[count for count in facts.whole.counts if count.tier == tier] for tier in facts.tiers]
    apart = facts.level == "province" and len(facts.parts) > 1
    rest = [] if apart else list(facts.whole.excluded)
    several = len(by_tier) > 1 or bool(rest)
    found = []
    for counts in by_tier:
        text = tier_counts(words, counts, named=not several, units=not apart)
        found.append((words.tier(counts[0]) if several else "", text))
    if rest:
        kinds = {one.status for one in rest}
        lead = "excluded_both" if len(kinds) > 1 else "excluded" if "not_rated" in kinds else "no_score"
        found.append((words.say(f"lead.{lead}"), excluded(words, rest)))
    return _numbered(words, found)


def _parts(words: Words) -> Iterator[Passage]:
    facts = words.facts
    few = sum(len(words.units_of(count)) for part in facts.parts for count in part.counts) <= _TOLD_COUNTIES
    for number, part in enumerate(facts.parts, start=1):
        told = how(words, part, "count")
        text = words.say("count.part_inspected", event=words.event, **told) if any(told.values()) else ""
        text += part_counts(words, part, units=few) + excluded(words, part.excluded)
        if part.findings:
            text += words.say("count.part_findings", findings=part.findings, sites=part.to_rectify)
        yield Passage(text, words.lead(number, words.place(part.place.city)))


def _numbered(words: Words, found: Sequence[tuple[str, str]], *, always: bool = False) -> list[Passage]:
    """Give paragraphs with their leads numbered; a single one has none, unless `always`."""
    told = [(lead, text) for lead, text in found if text]
    if len(told) == 1 and not always:
        return [Passage(told[0][1])]
    return [Passage(text, words.lead(at, lead)) for at, (lead, text) in enumerate(told, start=1)]


def _good(words: Words) -> list[tuple[str, str]]:
    """Tell the best sites and practices, tier by tier."""
    facts = words.facts
    found = []
    named: set[str] = set()
    for tier in facts.tiers:
        text = ""
        best = [one for one in facts.best if one.tier == tier]
        several = len({count.group.standard_id for count in facts.whole.counts if count.tier == tier}) > 1
        for one in best:
            names = words.joined(words.say("text.named_points", name=words.site(site), points=points)
                                 for site, points in one.rows)  # fmt: skip
            standard = words.standard(one.group.standard_title)
            text += words.say("good.best_by" if several else "good.best", names=names, standard=standard)
        for kind, most in (("bonus", _MOST_BONUS), ("full", _MOST_FULL)):
            told = [p for p in facts.practices if p.tier == tier and p.kind == kind][:most]
            text += words.sentence([_practice(words, practice, named) for practice in told])
        found.append((words.tier(tier), text))
    return found


def _practice(words: Words, practice: Practice, named: set[str]) -> str:
    """Tell a practice with a few of its best sites, those first that were not named before."""
    sites = sorted(practice.sites, key=lambda site: site.id in named)[:_EXAMPLES]
    named |= {site.id for site in sites}
    key = practice.kind if practice.earned > len(sites) else f"{practice.kind}_all"
    names = words.listed([words.site(site) for site in sites])
    return words.say(f"good.{key}", names=names, title=words.title(practice.title), count=practice.earned)


def _bad(words: Words) -> list[tuple[str, str]]:
    """Tell the shortfalls of most sites, tier by tier, what keeps grades down, and what was not checked."""
    facts = words.facts
    found = []
    for tier in facts.tiers:
        rows = [row for row in facts.shortfalls if row.tier == tier]
        text = words.say("bad.intro") + words.serial([_item(words, row) for row in rows[:_WORST]]) if rows else ""
        if len(rows) > _WORST:
            text += words.say("bad.rest", no=PROBLEMS_NO)
        found.append((words.tier(tier), text))
    return [*found, (words.say("lead.capped"), _caps(words)), (words.say("lead.open"), _open(words))]


def _item(words: Words, row: Shortfall) -> str:
    title = words.title(row.title)
    if row.applicable == 1:
        return words.say("bad.item_one", title=title, state=words.state("fail" if row.failing else "partial"))
    counts = (("failing", row.failing), ("partial", row.partial))
    states = words.joined(words.say(f"bad.{key}", count=count) for key, count in counts if count)
    key = "item_all" if row.short == row.applicable else "item"
    only = "" if row.failing and row.partial else "_failing" if row.failing else "_partial"
    return words.say(f"bad.{key}{only}", title=title, applicable=row.applicable, short=row.short, states=states,
                     rate=words.rate(row.rate))  # fmt: skip


def _few(words: Words, sites: Sequence[SiteName]) -> str:
    return words.names([words.site(site) for site in sites[:_MOST_NAMED]], len(sites))


def _caps(words: Words) -> str:
    facts = words.facts
    if not facts.caps:
        return ""
    clauses = [words.say(f"bad.cap_{cap.kind}", names=_few(words, cap.sites), title=words.title(cap.title))
               for cap in facts.caps]  # fmt: skip
    return words.say("bad.capped", count=facts.capped_sites) + words.sentence(clauses)


def _open(words: Words) -> str:
    facts = words.facts
    if not facts.open_sites:
        return ""
    text = words.say("bad.open", count=facts.open_sites)
    if not facts.undecided:
        return text + words.say("bad.undecided_none")
    key = "decided_all" if len(facts.undecided) == facts.open_sites else "undecided"
    return text + words.say(f"bad.{key}", names=_few(words, facts.undecided))
