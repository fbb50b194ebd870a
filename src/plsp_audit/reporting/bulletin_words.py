"""The words of a circular: names, places, bands, dates and lists as its sentences need them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from plsp_audit.model.bulletin import BulletinFacts, Count, SiteName
from plsp_audit.model.bulletin_letter import LetterHead
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.rollup import Area, Group
from plsp_audit.reporting.wording import INNER_QUOTES, clean, day, label, number, ordinal, percent

_BAND_LIKE = re.compile(r"\d")
_HAN = re.compile("[\u3400-\u9fff]")
_TOP_MARKS = str.maketrans({"(": "（", ")": "）"})
_INNER_BOOK = str.maketrans({"《": "〈", "》": "〉"})
_FULL_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LONGEST_NAME = 80
_LONGEST_TITLE = 160
_LONGEST_REASON = 300
_UNITS = {"province": "市州盟", "city": "县市区旗"}
_WE = {"局": "bureau", "厅": "department", "部": "ministry", "委员会": "commission", "委": "commission",
       "办公室": "office", "办": "office", "所": "station"}  # fmt: skip
_ALL = {"自治区": "region", "省": "province", "市": "city", "地区": "prefecture", "州": "state", "盟": "league",
        "县": "county", "区": "district", "旗": "banner"}  # fmt: skip
_LONG_UNITS = ("地区", "林区", "特区")


class Words:
    """The words for one circular.

    Args:
        facts: What it states.
        head: What the office says of it.
        lang: Its language.
    """

    def __init__(self, facts: BulletinFacts, head: LetterHead, lang: Lang) -> None:
        self.facts = facts
        self.head = head
        self.lang = lang
        self.event = self.say(f"event.{facts.occasion}")
        cities = [part.place.city for part in facts.parts]
        counties = [area.county for group in facts.summary.groups for area in group.areas if area.level == "county"]
        self.county_word = self._kind_of_place("city", counties)
        self.unit = self._kind_of_place("province", cities) if facts.level == "province" else self.county_word
        self.we = self._by_suffix("we", head.issuer)
        self.all = self._by_suffix("all", next((name for name in reversed(facts.place) if name), ""))
        self.whom = self.say(f"whom.{facts.level}", unit=self.unit)

    def say(self, key: str, /, **params: object) -> str:
        """Give a sentence of the circular's catalogue."""
        return say(f"bulletin.{key}", self.lang, **params)

    def text(self, given: str | None, limit: int = _LONGEST_TITLE) -> str:
        """Give a text of a file in one line, with the brackets that Chinese is set with."""
        plain = " ".join(clean(given, self.lang, limit).split())
        return plain.translate(_TOP_MARKS) if self.lang == "zh" and _HAN.search(plain) else plain

    def title(self, given: str) -> str:
        """Give a requirement's or a grade's words, to stand within quotation marks."""
        plain = self.text(given).rstrip("。；，、.;,")
        return plain.translate(INNER_QUOTES) if self.lang == "zh" else plain.replace('"', "'")

    def short_tier(self, tier: str) -> str:
        """Give a tier's usual word."""
        return label(f"tier.{tier}", self.lang, self.tier(tier))

    def status(self, status: str) -> str:
        """Give the label of a status."""
        return label(f"status.{status}", self.lang, status)

    def state(self, state: str) -> str:
        """Give the label of a state."""
        return label(f"state.{state}", self.lang, state)

    def reason(self, given: str) -> str:
        """Give a reason without the word and the full stop that the sentence has."""
        plain = self.text(given, _LONGEST_REASON).rstrip("。；，、.;, ")
        if self.lang == "zh":
            plain = re.sub("^(?:因为|由于|因)", "", plain)
            plain = re.sub("[，、]?(?:故|因此|所以)?暂不参评$", "", plain).rstrip("。；，、")
        return plain

    def standard(self, title: str) -> str:
        """Give a standard's title in book-title marks."""
        plain = self.text(title)
        return self.say("text.book", title=plain.translate(_INNER_BOOK) if self.lang == "zh" else plain)

    def tier(self, count: Count | str) -> str:
        """Give a tier's title."""
        if isinstance(count, str):
            groups = self.facts.summary.groups
            group = next(g for g in groups if any(t.id == count for t in g.tiers))
            return self._tier(group, count)
        return self._tier(count.group, count.tier)

    def _tier(self, group: Group, tier: str) -> str:
        title = group.tier_title(tier)
        return self.text(label(f"tier.{tier}", self.lang, tier) if title == tier else title)

    def site(self, site: SiteName) -> str:
        """Give a site's name, after the county and the city where the name itself does not tell them."""
        name = self.text(site.name, _LONGEST_NAME) or site.id
        places = {"province": (site.city, site.county), "city": (site.county,), "county": ()}[self.facts.level]
        if any(place and _told(place, name) for place in places):
            # A county told is enough; a city told leaves the county to be said behind it only where it is missing.
            return name
        gap = "" if self.lang == "zh" else " "
        return gap.join([*(self.text(place, 40) for place in places if place), name])

    def place(self, name: str | None) -> str:
        """Give a city's or county's name."""
        return self.text(name, 40) or self.say("unit.unnamed")

    def names(self, items: Sequence[str], count: int | None = None) -> str:
        """List names; where they are only some of `count`, say so."""
        if count is not None and count > len(items):
            return self.say("text.and_more", names=self.say("text.comma").join(items), count=count)
        return self.listed(items)

    def listed(self, items: Sequence[str]) -> str:
        """Join items as a list that ends with 和."""
        if len(items) < 2:
            return "".join(items)
        return self.say("text.comma").join(items[:-1]) + self.say("text.and") + items[-1]

    def listed_or(self, items: Sequence[str]) -> str:
        """Join items of which none is there."""
        return self.say("text.or").join(items)

    def joined(self, items: Iterable[str], key: str = "comma") -> str:
        """Join items with a mark of the catalogue."""
        return self.say(f"text.{key}").join(items)

    def sentence(self, items: Iterable[str]) -> str:
        """Make one sentence of clauses."""
        text = self.joined([item for item in items if item], "semicolon")
        return text[:1].upper() + text[1:] + self.say("text.stop") if text else ""

    def serial(self, items: Sequence[str]) -> str:
        """Make one sentence of clauses that are counted (一是, 二是)."""
        if len(items) < 2:
            return self.sentence(items)
        return self.sentence(self.say("text.serial", ordinal=self.ordinal(n)) + item for n, item in enumerate(items, 1))

    def ordinal(self, number_: int) -> str:
        """Give 一, 二, 三; in English 1, 2, 3."""
        return ordinal(number_, self.lang).rstrip("、. ")

    def heading(self, number_: int, text: str) -> str:
        """Give a heading of the first level: 一、总体情况."""
        return ordinal(number_, self.lang) + text

    def lead(self, number_: int, text: str) -> str:
        """Give the first words of a paragraph of the second level, as in （一）银川市."""
        return self.say("text.lead", ordinal=self.ordinal(number_), text=text)

    def date(self, iso: str) -> str:
        """Write a date."""
        return day(iso, self.lang)

    def period(self, first: str, last: str) -> str:
        """Write the days from `first` to `last`, the year and the month once where they are the same."""
        if first == last:
            return self.date(first)
        end = self.date(last)
        one, other = _FULL_ISO.fullmatch(first), _FULL_ISO.fullmatch(last)
        if self.lang == "zh" and one and other and one[1] == other[1]:
            end = f"{int(other[3])}日" if one[2] == other[2] else f"{int(other[2])}月{int(other[3])}日"
        return self.say("text.period_year", first=self.date(first), last=end)

    def band(self, group: Group, at: int) -> str:
        """Say in brackets which scores earn the grade; nothing where the standard is not at hand."""
        told = self.band_words(group, at)
        return self.say("text.brackets", text=told) if told else ""

    def band_words(self, group: Group, at: int) -> str:
        """Say which scores earn the grade."""
        low, below = group.grades[at].from_, group.grades[at - 1].from_ if at else None
        if low is None:
            return ""
        if below is None:
            return self.say("count.from", **{"from": number(low)}) if low else ""
        if not low:
            return self.say("count.below", below=number(below))
        return self.say("count.between", **{"from": number(low)}, below=number(below))

    def grade_key(self, group: Group, at: int) -> str:
        """Tell by which sentence a grade is told: one whose title is a band of scores is no verdict."""
        return "band_" if _BAND_LIKE.search(group.grades[at].title) else ""

    def rate(self, value: Fraction | None) -> str:
        """Write a rate."""
        return percent(value)

    def number(self, value: Fraction | None) -> str:
        """Write a score."""
        return number(value)

    def units_of(self, count: Count) -> list[Area]:
        """Give the counties of an area in the order of the circular; none where it has only one."""
        area, group = count.area, count.group
        inside = [
            a for a in group.areas
            if a.tier == area.tier and a.level == "county" and (area.level == "total" or a.place[:2] == area.place[:2])
        ]  # fmt: skip
        inside.sort(key=lambda a: self.facts.order.index(a.place))
        return inside if len(inside) > 1 else []

    def _kind_of_place(self, level: str, names: Iterable[str | None]) -> str:
        """Give the word for places of these names, as they end: 县（市、区）, or 市."""
        if self.lang == "en":
            return self.say(f"unit.{level}")
        named = {name for name in names if name}
        ends = [next((long for long in _LONG_UNITS if name.endswith(long)), name[-1]) for name in named]
        order = [*_UNITS[level], *_LONG_UNITS]
        found = sorted({end for end in ends if end in order}, key=order.index)
        if not found:
            return self.say(f"unit.{level}")
        if len(found) == 1:
            return found[0]
        return self.say("unit.more", first=found[0], others="、".join(found[1:]))

    def _by_suffix(self, table: str, name: str) -> str:
        endings = {"we": _WE, "all": _ALL}[table]
        plain = self.text(name, 60)
        key = next((endings[end] for end in sorted(endings, key=len, reverse=True) if plain.endswith(end)), "other")
        return self.say(f"{table}.{key}")


def _told(place: str, name: str) -> bool:
    """Tell whether a name tells a place, with or without its suffix."""
    return place in name or (len(place) > 2 and place[:-1] in name)
