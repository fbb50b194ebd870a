"""A circular made from results that were written before: read, rolled up, gathered, put into words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plsp_audit.analysis.bulletin import Gathering
from plsp_audit.analysis.bulletin_places import level_of, tiers_of, unknown_places, unknown_samples, within
from plsp_audit.analysis.rollup import RollUp
from plsp_audit.loading.packs import Library
from plsp_audit.loading.results import read_results
from plsp_audit.model.bulletin import BulletinFacts, BulletinLevel
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, Problem, enumerated
from plsp_audit.model.result import Result
from plsp_audit.model.rollup import Place
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.json_file import as_json
from plsp_audit.standards.resolve import resolve


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which results the circular speaks, and how.

    Attributes:
        city: Only the sites of this city; `county` only those of this county.
        sampled: Tiers that were only sampled, as `RollUp` takes them.
        order: Cities or counties in the order in which they shall be told.
    """

    level: BulletinLevel | None = None
    city: str | None = None
    county: str | None = None
    sampled: Mapping[str, int | None] | None = None
    order: Sequence[str] = ()


class NothingToTell(Exception):
    """No result is there to be told of; the message says why."""


def gather(
    paths: Sequence[Path], library: Library, wanted: Wanted, lang: Lang, tell: Callable[[str], None]
) -> BulletinFacts:
    """Read results and give what their circular states.

    Args:
        paths: Result files, files of one result a line, folders.
        library: Where the standards are looked for, whose bands are told.
        wanted: Of which results, and how.
        lang: The language of what `tell` is told.
        tell: Says what a reader should know, such as a standard that is not at hand.

    Raises:
        InputError: A file cannot be read, a result is there twice, or a site has results under several standards.
        NothingToTell: There is no result, or none of the area that was asked for.
    """
    found = _Found(library, wanted, lang, tell)
    for loaded in read_results(paths):
        found.take(loaded.result)
    if found.problems:
        raise InputError(found.problems)
    summary = found.roll.finish()
    if not summary.sites:
        raise NothingToTell(found.nothing())
    level = wanted.level or level_of(summary)
    counties = len(set(summary.places.values()))
    if level == "county" and counties > 1:
        raise NothingToTell(say("bulletin.screen.no_level", lang, count=counties))
    if unknown := unknown_samples(summary, wanted.sampled or ()):
        known = enumerated(tiers_of(summary)).told(lang)
        tell(say("bulletin.screen.no_such_sample", lang, given=enumerated(unknown).told(lang), known=known))
    if unknown := unknown_places(summary, wanted.order):
        tell(say("bulletin.screen.no_such_place", lang, given=enumerated(unknown).told(lang)))
    return found.gathering.facts(summary, level, wanted.order)


class _Standards(Mapping[str, ResolvedStandard]):
    """The standards by id, each looked for when its first result comes."""

    def __init__(self, library: Library, lang: Lang, tell: Callable[[str], None]) -> None:
        self._library, self._lang, self._tell = library, lang, tell
        self._found: dict[str, ResolvedStandard | None] = {}
        self._said: set[str] = set()

    def look_for(self, name: str, digest: str) -> None:
        """Look for a standard; say so where it is not there, or no longer the one that scored."""
        if name not in self._found:
            try:
                self._found[name] = resolve(self._library, name).standard
            except InputError:
                self._found[name] = None
        found = self._found[name]
        key = "no_standard" if found is None else "other_standard" if found.digest != digest else ""
        if key and name not in self._said:
            self._said.add(name)
            self._tell(say(f"bulletin.screen.{key}", self._lang, id=name))

    def __getitem__(self, key: str) -> ResolvedStandard:
        found = self._found.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name, found in self._found.items() if found is not None)

    def __len__(self) -> int:
        return len(list(iter(self)))


class _Found:
    """What was read so far of the area that was asked for."""

    def __init__(self, library: Library, wanted: Wanted, lang: Lang, tell: Callable[[str], None]) -> None:
        self.gathering = Gathering()
        self.problems: list[Problem] = []
        self._standards = _Standards(library, lang, tell)
        self.roll = RollUp(self._standards, wanted.sampled)
        self._wanted, self._lang = wanted, lang
        self._places: dict[Place, None] = {}
        self._first: dict[tuple[str, str], str] = {}

    def take(self, result: Result) -> None:
        """Take one result, unless its site is elsewhere."""
        site = result.site
        place = Place(site.province, site.city, site.county)
        self._places[place] = None
        if not within(place, self._wanted.city, self._wanted.county):
            return
        standard = self._first.setdefault((site.id, result.input_digest), result.standard.id)
        if standard != result.standard.id:
            params = {"site": site.id, "first": standard, "second": result.standard.id}
            self.problems.append(Problem("bulletin.problem.two_standards", params))
            return
        self._standards.look_for(result.standard.id, result.standard.digest)
        # Numbers digit by digit, as results have them.
        self.roll.add(json.loads(json.dumps(as_json(result)), parse_float=str))
        self.gathering.add(result)

    def nothing(self) -> str:
        """Say why there is nothing to tell."""
        wanted = self._wanted
        if not self._places:
            return say("bulletin.screen.nothing", self._lang)
        key = "city" if wanted.city and not any(within(p, wanted.city, None) for p in self._places) else "county"
        known = sorted({name for place in self._places if (name := getattr(place, key))})
        asked = wanted.city if key == "city" else wanted.county
        return say("bulletin.screen.nothing_there", self._lang, place=asked or "", known="、".join(known))
