"""The desk at which one inspection after another is scored: standards are resolved and compiled once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from plsp_audit import __version__
from plsp_audit.analysis.rectification import with_rectification
from plsp_audit.loading.bind import Bound, RuleNames, bind, fact_faults, likely_tier
from plsp_audit.loading.document import Document
from plsp_audit.loading.keys import SITE
from plsp_audit.loading.observer import Observer
from plsp_audit.loading.odd_numbers import OddNumbers
from plsp_audit.loading.open_words import OpenWords
from plsp_audit.loading.packs import Library, PackName
from plsp_audit.loading.read_file import read_with_more
from plsp_audit.loading.site import facts_outside, place_of, read_site
from plsp_audit.loading.site_tables import is_table
from plsp_audit.loading.validation import fault_problems
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.places import same_place
from plsp_audit.model.problem import InputError, Place, Problem, bracketed, enumerated, in_order
from plsp_audit.model.result import Result
from plsp_audit.model.site import Inspection, SiteFile
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.model.text import folded
from plsp_audit.model.values import Fault, shown
from plsp_audit.scoring.assess import Assessment, assess
from plsp_audit.scoring.compile import CompiledTier, compile_tier, judged_keys
from plsp_audit.scoring.describe import Describer
from plsp_audit.scoring.judgements import JudgementLimits
from plsp_audit.standards.resolve import Resolution, resolve
from plsp_audit.standards.ruletypes import all_problems, errors
from plsp_audit.standards.tiers import tier_names

TOOL = f"plsp-audit {__version__}"
MAX_EVIDENCE = 200 * 1024 * 1024
Found: TypeAlias = tuple[Mapping[str, str | None], Mapping[str, Path]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A tier of a standard, ready: compiled rules, what files may say of them, and the words for results."""

    compiled: CompiledTier
    names: RuleNames
    observer: Observer
    open_words: OpenWords
    odd_numbers: OddNumbers
    describer: Describer
    limits: JudgementLimits


@dataclass(frozen=True, slots=True)
class Opened:
    """A site file read and bound, not yet scored. `aside` are entries that only its own standard knows."""

    document: Document
    file: SiteFile
    inspection: Inspection
    prepared: Prepared
    aside: tuple[str, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A site's result, and what a report needs beside it."""

    result: Result
    opened: Opened
    assessment: Assessment | None
    evidence: Mapping[str, Path] = field(default_factory=dict)

    @property
    def standard(self) -> ResolvedStandard:
        """The standard that scored it."""
        return self.opened.prepared.compiled.standard

    def missing_evidence(self) -> list[Problem]:
        """Give a warning for every piece of evidence that is named and not there."""
        return missing_evidence(self.opened, self.evidence)


def missing_evidence(opened: Opened, found: Mapping[str, Path]) -> list[Problem]:
    """Give a warning for every piece of evidence that is named and not there."""
    return [
        Problem("input.evidence_missing", {"path": path}, place_of(opened.document, "evidence", key), (), "warning")
        for key, paths in opened.inspection.evidence.items()
        for path in paths
        if path not in found
    ]


class Desk:
    """Scores inspection files.

    Args:
        library: Where standards are looked for.
        standard: The standard that every file is scored by; None takes each file's own.
        lang: The language of results.
    """

    def __init__(self, library: Library, standard: str | None = None, lang: Lang = "zh") -> None:
        self.library = library
        self.lang = lang
        self.wanted = standard
        self._resolved: dict[str, Resolution] = {}
        self._unfit: dict[str, list[Problem]] = {}
        self._prepared: dict[tuple[str, str], Prepared] = {}
        self._tiers: dict[str, dict[str, str]] = {}

    def parts_in(self, opened: Opened) -> tuple[tuple[str, str], ...]:
        """Give name and digest of every standard that had a part in an opened file, first the one that scores it."""
        standard, own = opened.prepared.compiled.standard, opened.file.standard
        scoring = (standard.id, standard.digest)
        if self.wanted is None or own is None or own == standard.id:
            return (scoring,)
        return scoring, (own, self.digest(own))

    def digest(self, name: str) -> str:
        """Give the digest of a standard, empty where it is not there or unfit."""
        try:
            return self.standard(name).standard.digest
        except InputError:
            return ""

    def standard(self, name: str) -> Resolution:
        """Give the resolved standard of that id or title, checked to be fit for scoring.

        Raises:
            InputError: It does not exist, cannot be read, or has errors.
        """
        if name in self._unfit:
            raise InputError(self._unfit[name])
        found = self._resolved.get(name)
        if found is None:
            try:
                found = resolve(self.library, name)
                problems = errors(found)
            except InputError as error:
                problems = all_problems(error)
            if problems or found is None:
                self._unfit[name] = in_order(problems)
                raise InputError(self._unfit[name])
            self._resolved[name] = self._resolved[found.standard.id] = found
        return found

    def prepared(self, standard: ResolvedStandard, tier: str) -> Prepared:
        """Give the compiled tier and what goes with it."""
        key = (standard.id, tier)
        found = self._prepared.get(key)
        if found is None:
            compiled = compile_tier(standard, tier, self.lang)
            found = Prepared(compiled, rule_names(standard, tier), Observer(standard.facts),
                             OpenWords(standard.facts), OddNumbers(standard.facts),
                             Describer(compiled, TOOL, self.lang), JudgementLimits(compiled))  # fmt: skip
            self._prepared[key] = found
        return found

    def open(self, path: Path, shown: str | None = None) -> Opened:
        """Read a site file and bind it to its standard.

        Raises:
            InputError: Everything that is wrong with the file.
        """
        try:
            return read_with_more(path, self.open_document, shown)
        except InputError:
            if not path.is_dir() and not (is_table(path) and path.exists()):
                raise
            kind = "folder" if path.is_dir() else "table"
            raise InputError([Problem(f"input.{kind}_of_sites", {}, Place(shown or str(path)))]) from None

    def open_document(self, document: Document) -> Opened:
        """Bind a document that has been read; see `open`."""
        read = read_site(document)
        if self.wanted is None and not read.standard_known:
            raise InputError(in_order(read.problems))
        try:
            standard, own = self._standards(read.file, document)
        except InputError as error:
            raise InputError(in_order([*read.problems, *error.problems])) from None
        problems = facts_outside(read.problems, standard.facts)
        tier = self._tier(read.file, standard, own) if read.tier_known else None
        if tier is None:
            if read.tier_known:
                problems.append(_unknown_tier(read.file, standard, document))
            likely = likely_tier(read.file, standard)
            faults = fact_faults(read.file, self.prepared(standard, standard.tiers[0].id).observer, own)
            if likely is not None:
                faults = self._bound(read.file, document, standard, likely, own)[1]
            raise InputError(in_order([*problems, *fault_problems(faults, document, SITE)]))
        bound, faults = self._bound(read.file, document, standard, tier, own)
        prepared = self.prepared(standard, tier)
        problems += fault_problems(faults, document, SITE)
        if problems:
            raise InputError(in_order(problems))
        odd = prepared.open_words.warnings(bound.inspection.facts, document)
        odd += prepared.odd_numbers.warnings(bound.inspection.facts, document)
        return Opened(document, read.file, bound.inspection, prepared, bound.aside, (*document.warnings, *odd))

    def _bound(self, file: SiteFile, document: Document, standard: ResolvedStandard, tier: str,
               own: ResolvedStandard | None) -> tuple[Bound, list[Fault]]:
        prepared = self.prepared(standard, tier)
        bound = bind(file, document.tree, standard, tier, prepared.names, prepared.observer, own)
        return bound, [*bound.faults, *prepared.limits.faults(bound.inspection)]

    def score(self, path: Path, shown: str | None = None) -> Scored:
        """Score one file.

        Raises:
            InputError: Everything that is wrong with the file or its standard.
        """
        return self.score_opened(self.open(path, shown), path.parent)

    def missing_evidence(self, opened: Opened, folder: Path) -> list[Problem]:
        """Give a warning for every piece of evidence that is named and not there, without scoring."""
        return missing_evidence(opened, find_evidence(opened.inspection, folder)[1])

    def score_opened(self, opened: Opened, folder: Path, evidence: Found | None = None) -> Scored:
        """Score an opened file.

        Args:
            opened: The file.
            folder: Below it evidence is looked for.
            evidence: What `find_evidence` gave, where it has been asked already.
        """
        hashes, found = evidence if evidence is not None else find_evidence(opened.inspection, folder)
        describer, inspection = opened.prepared.describer, opened.inspection
        if inspection.not_rated is not None:
            return Scored(describer.result(inspection, None), opened, None, found)
        assessment = assess(opened.prepared.compiled, inspection)
        result = describer.result(inspection, assessment, hashes)
        return Scored(with_rectification(result, opened.prepared.compiled.standard), opened, assessment, found)

    def _standards(self, file: SiteFile, document: Document) -> tuple[ResolvedStandard, ResolvedStandard | None]:
        """Give the standard that scores the file, and the file's own where that is another one."""
        if self.wanted is None and file.standard is not None:
            return self._named(file.standard, document), None
        if self.wanted is None:
            near = self.library.for_province(file.site.province, same_place)
            if len(near) != 1:
                raise InputError([self._no_standard(file, near, document)])
            return self.standard(near[0].id).standard, None
        wanted = self.standard(self.wanted).standard
        if file.standard is None:
            return wanted, None
        try:
            own = self.standard(file.standard).standard
        except InputError:
            return wanted, None
        return wanted, own if own.id != wanted.id else None

    def _no_standard(self, file: SiteFile, near: list[PackName], document: Document) -> Problem:
        known = enumerated(bracketed(p.id, p.title) for p in near or self.library.names())
        params = {"province": shown(file.site.province or ""), "known": known}
        code = "unclear" if near else "missing" if file.site.province else "and_province_missing"
        return Problem(f"input.standard_{code}", params, place_of(document, "site", "province"))

    def _named(self, name: str, document: Document) -> ResolvedStandard:
        try:
            return self.standard(name).standard
        except InputError as error:
            place = place_of(document, "standard")
            raise InputError(p if p.place.file else p.at(place) for p in error.problems) from None

    def _tier(self, file: SiteFile, standard: ResolvedStandard, own: ResolvedStandard | None) -> str | None:
        wanted = folded(file.site.tier)
        names = self._tier_names(standard)
        found = names.get(wanted)
        if found is None and own is not None:
            found = next((t.id for t in own.tiers if wanted in (folded(t.id), folded(t.title))), None)
            found = found if found is not None and standard.tier(found) is not None else None
        return found

    def _tier_names(self, standard: ResolvedStandard) -> dict[str, str]:
        """Give the tiers of a standard by id, title and usual word."""
        found = self._tiers.get(standard.id)
        if found is None:
            usual = {folded(say(f"label.tier.{t}")): t for t in TIER_WORDS if standard.tier(t) is not None}
            titles = {folded(t.title): t.id for t in standard.tiers}
            found = self._tiers[standard.id] = {**usual, **titles, **{folded(t.id): t.id for t in standard.tiers}}
        return found


TIER_WORDS = ("region_center", "city_center", "county_center", "station", "room", "network")


def rule_names(standard: ResolvedStandard, tier: str) -> RuleNames:
    """Give what an inspection file may say of the rules of a tier."""
    rules = standard.rules[tier]
    may = {r.id for r in rules if r.na_allowed}
    may |= {f"{r.id}/{n}" for r in rules for n, part in enumerate(r.parts or [], start=1) if part.na_allowed}
    parts = {r.id: len(r.parts or []) for r in rules}
    elsewhere = {r.id: t.title for t in standard.tiers for r in standard.rules[t.id] if r.id not in parts}
    by_fold = {folded(rule): rule for rule in parts}
    return RuleNames(frozenset(parts), parts, judged_keys(rules), frozenset(may), elsewhere, by_fold)


def _unknown_tier(file: SiteFile, standard: ResolvedStandard, document: Document) -> Problem:
    params = {"tier": shown(file.site.tier), "standard": standard.id, "known": tier_names(standard)}
    return Problem("input.unknown_tier", params, place_of(document, "site", "tier"))


def find_evidence(inspection: Inspection, folder: Path) -> Found:
    """Give the SHA-256 of every piece of evidence that is there, inside the folder of the inspection file.

    Returns:
        The hashes by path, None for what is not there, and where the others are.
    """
    return hashed(dict.fromkeys(p for paths in inspection.evidence.values() for p in paths), folder)


def hashed(paths: Iterable[str], folder: Path) -> Found:
    """Give the SHA-256 of files inside a folder, None for those that are not there, and where the others are."""
    hashes: dict[str, str | None] = {}
    found: dict[str, Path] = {}
    root: Path | None = None
    for path in paths:
        root = root if root is not None else folder.resolve()
        hashes[path] = None
        try:
            real = (root / path.replace("\\", "/")).resolve()
            if real.is_relative_to(root) and real.is_file() and real.stat().st_size <= MAX_EVIDENCE:
                with real.open("rb") as file:
                    hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
                found[path] = real
        except (OSError, RuntimeError, ValueError):  # also links that go round in a circle
            continue
    return hashes, found
