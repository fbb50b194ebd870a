"""Whose words a rule is put into: the names of facts, options and places, for one language, tier and site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from plsp_audit.model.catalogue import Lang, known, say
from plsp_audit.model.facts import Fact, FactDictionary, FactField, Option
from plsp_audit.model.text import folded

TIERS = ("region_center", "city_center", "county_center", "station", "room", "network")
PLACES = ("province", "city", "county", "town", "village")

_PLACE = re.compile(r"\{\s*(\w+)\s*\}")
_SPACE = re.compile(r"\s+")
_FOLD = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


def squashed(text: str) -> str:
    """Give an author's text on one line; where a Chinese text was folded there is no blank."""
    return _SPACE.sub(" ", _FOLD.sub("", text)).strip()


@dataclass(frozen=True)
class Words:
    """The names that the words of a check are made of.

    Attributes:
        facts: The dictionary whose labels are used.
        lang: The language of the sentences; labels stay as the dictionary has them.
        tier: The tier that is spoken of, None when it is open.
        places: What the site is called by `province`, `city`, `county`, `town`, `village`; empty when no site is meant.
        row: The records fact whose rows are spoken of: names are its fields first.
        tiers: Titles of a standard's tiers, for ids that the catalogue does not know.
    """

    facts: FactDictionary
    lang: Lang = "zh"
    tier: str | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    row: Fact | None = None
    tiers: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, /, **params: object) -> str:
        """Give the sentence of `wording.<key>`."""
        return say(f"wording.{key}", self.lang, **params)

    def keyword(self, key: str, /, **params: object) -> str:
        """Give the word of `label.<key>`."""
        return say(f"label.{key}", self.lang, **params)

    def inside(self, row: Fact | None) -> Words:
        """Give the words inside `where` and `meets` of the records fact `row`."""
        return replace(self, row=row)

    def field(self, name: str) -> FactField:
        """Give what is known of `name`: a field of the row, a fact, or what a site says of itself.

        A name that nobody knows is its own label, so that an unfinished standard can still be read.
        """
        if self.row is not None and (found := self.row.field_id(name)) is not None:
            return self.row.fields[found]
        if (fact := self.facts.get(name)) is not None:
            return fact
        site = folded(name)
        if site == "tier":
            return self._tier_field()
        if site in PLACES or site == "name":
            return FactField(label=self.say(f"site.{site}"), type="choice", open=True)
        return FactField(label=name, type="choice", open=True)

    def _tier_field(self) -> FactField:
        options = {tier: Option(label=title) for tier, title in self.tiers.items()}
        for tier in TIERS:
            title = self.tiers.get(tier)
            options[tier] = Option(label=self.keyword(f"tier.{tier}"), aliases=(title,) if title else ())
        return FactField(label=self.say("site.tier"), type="choice", open=True, options=options)

    def label(self, name: str) -> str:
        """Give the label of `name`, on one line."""
        return squashed(self.field(name).label)

    def records(self, name: str) -> tuple[str, Fact | None]:
        """Give what a row of a records fact is called (工作人员名册 → 工作人员), and the fact where it is known."""
        fact = self.facts.get(name)
        label = squashed(fact.label) if fact is not None else name
        for ending in self.say("rows.lists").split():
            if label.endswith(ending) and label != ending:
                return label.removesuffix(ending), fact
        return label, fact

    def case(self, label: str) -> str:
        """Name what a number counts: 标识不醒目处数 → 标识不醒目."""
        for ending in self.say("rows.tally").split():
            if label.endswith(ending) and label != ending:
                return label.removesuffix(ending)
        return label

    def each_one(self, row: str, fact: Fact | None) -> str:
        """Give the measure word for one row: 每个窗口, 每名工作人员."""
        if self.lang == "en":
            return ""
        if fact is not None and fact.unit:
            return fact.unit
        return self.say("rows.person" if row.endswith(tuple(self.say("rows.people").split())) else "rows.one")

    def option(self, name: str, of: FactField) -> str:
        """Give the label of an option of `of`, or the text itself."""
        found = of.option_id(name)
        return squashed(of.options[found].label if found is not None else name)

    def join(self, items: Sequence[str]) -> str:
        """Join items: A、B、C."""
        return self.say("list.join").join(items)

    def either(self, items: Sequence[str]) -> str:
        """Join alternatives: A或B; from three on A、B、C之一."""
        if len(items) == 2:
            return self.say("list.two", first=items[0], last=items[1])
        return items[0] if len(items) == 1 else self.say("list.many", items=self.join(items))

    def quote(self, text: str) -> str:
        """Put `text` in quotation marks; those in it become inner ones."""
        opening, closing = self.say("list.quote_open"), self.say("list.quote_close")
        inner = text.replace(opening, self.say("list.inner_open")).replace(closing, self.say("list.inner_close"))
        return f"{opening}{inner}{closing}"

    def listing(self, items: Sequence[str], depth: int) -> str:
        """Number the items of a list: ①A；②B, inside another list (1)A，(2)B."""
        marks = self.say(f"list.{('marks', 'inner_marks', 'deep_marks')[min(depth, 2)]}").split()
        separator = self.say("list.separator" if depth == 0 else "list.inner_separator")
        return separator.join(
            self.say("list.item", mark=marks[n] if n < len(marks) else f"({n + 1})", text=item)
            for n, item in enumerate(items)
        )

    def plate(self, pattern: str) -> str:
        """Write the pattern of a name in quotation marks, its places filled in as far as the site gives them."""

        def place(match: re.Match[str]) -> str:
            given = self.places.get(match[1])
            if given:
                return given
            return self.say(f"place.{match[1]}") if known(f"wording.place.{match[1]}", self.lang) else match[1]

        text = self.quote(_PLACE.sub(place, squashed(pattern)))
        return self.say("named.optional", plate=text) if "[" in pattern else text
