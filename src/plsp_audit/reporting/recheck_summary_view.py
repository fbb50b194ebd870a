"""Many sites' rechecks in words: everything that a page or a sheet of the summary says, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.recheck import FINDINGS, STANDING, Outcome, Recheck, RecheckSummary, Tally
from plsp_audit.reporting.recheck_rows import speaker
from plsp_audit.reporting.rows import Statement
from plsp_audit.reporting.wording import NOTHING, clean, day, listed, number, percent

_SHOWN: Final[tuple[Outcome, ...]] = ("fixed", "partly", "open", "new", "unchecked")
_GONE: Final[tuple[Outcome, ...]] = ("dropped", "waived", "removed")
_MOST_NAMES: Final = 60

Cell = str | int | Fraction | None | tuple[str, ...]
"""A tuple is a list of names, none of which should be torn by a line's end."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: numbers stay numbers for workbooks; `texts` is what paper and screen print."""

    cells: tuple[Cell, ...]
    comma: str = "、"

    @property
    def pieces(self) -> tuple[tuple[str, ...], ...]:
        """The cells as texts that belong together."""
        return tuple(cell if isinstance(cell, tuple) else (_text(cell),) for cell in self.cells)

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells as text."""
        return tuple(self.comma.join(pieces) for pieces in self.pieces)


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The summary of many rechecks.

    Attributes:
        sites: In the order of the newer side; `standing` those with something still to be put right, the gravest first.
        claims: What a ledger claims to be done and is not, site by site.
    """

    lang: Lang
    title: str
    subtitle: str
    date_iso: str
    tool: str
    statements: tuple[Statement, ...]
    site_heads: tuple[str, ...]
    sites: tuple[Row, ...]
    claim_heads: tuple[str, ...]
    claims: tuple[Row, ...]
    standing_heads: tuple[str, ...]
    standing: tuple[Row, ...]
    county_heads: tuple[str, ...]
    counties: tuple[Row, ...]
    rule_heads: tuple[str, ...]
    rules: tuple[Row, ...]
    unpaired: tuple[str, ...]


def summary_view(found: RecheckSummary, lang: Lang = "zh") -> SummaryView:
    """Put the summary of many rechecks into words."""
    said = speaker(lang)
    counted = tuple(said(f"outcome.{outcome}") for outcome in _SHOWN)
    several = len({one.after.result.standard.id for one in found.sites}) > 1
    dates = sorted(one.after.result.inspection.date for one in found.sites)
    return SummaryView(
        lang=lang,
        title=said("title.many"),
        subtitle=" ~ ".join(day(text, lang) for text in dict.fromkeys(dates[:1] + dates[-1:])),
        date_iso=dates[-1] if dates else "",
        tool=found.sites[0].after.result.tool if found.sites else "",
        statements=tuple(_statements(found, lang)),
        site_heads=(said("column.id"), said("column.site"), said("column.score_before"), said("column.score_after"),
                    said("column.grade"), *counted),
        sites=tuple(Row(tuple(_site(one, lang))) for one in found.sites),
        claim_heads=(said("column.id"), said("column.site"), said("column.rule"), said("column.item"),
                     said("column.claim"), said("column.outcome")),
        claims=tuple(_claims(found, lang)),
        standing_heads=(said("column.id"), said("column.site"), said("column.county"), said("column.grade"),
                        said("column.left"), said("column.rules_left")),
        standing=tuple(_standing(one, lang) for one in found.standing),
        county_heads=(said("column.county"), said("column.sites"), *counted, said("column.rest")),
        counties=tuple(Row((_county(t, lang), t.sites, *_counts(t.counts))) for t in found.counties),
        rule_heads=(said("column.id"), said("column.rule"), said("column.sites"), *counted, said("column.rest")),
        rules=tuple(_rule(tally, several, lang) for tally in found.rules),
        unpaired=tuple(_unpaired(found, lang)),
    )  # fmt: skip


def _text(cell: str | int | Fraction | None) -> str:
    if cell is None:
        return NOTHING
    return number(cell) if isinstance(cell, Fraction) else str(cell)


def _counts(counts: Mapping[Outcome, int]) -> Iterator[int]:
    yield from (counts.get(outcome, 0) for outcome in _SHOWN)
    yield sum(counts.get(outcome, 0) for outcome in _GONE)


def _county(tally: Tally, lang: Lang) -> str:
    return clean("".join(tally.key[1:]) or tally.key[0], lang, 60) or speaker(lang)("many.no_county")


def _rule(tally: Tally, several: bool, lang: Lang) -> Row:
    rid = f"{tally.key[2]} ({tally.key[0]})" if several else tally.key[2]
    return Row((clean(rid, lang, 80), clean(tally.title, lang, 200), tally.sites, *_counts(tally.counts)))


def _site(one: Recheck, lang: Lang) -> Iterator[Cell]:
    before, after = one.before.result, one.after.result
    yield clean(after.site.id, lang, 100)
    yield clean(after.site.name, lang, 200)
    for result in (before, after):
        yield result.score.value if result.score is not None else None
    yield _grades(one, lang)
    yield from (one.count(outcome) for outcome in _SHOWN)


def _grades(one: Recheck, lang: Lang) -> str:
    names = []
    for result in (one.before.result, one.after.result):
        status = say(f"label.status.{result.status}", lang)
        names.append(clean(result.grade.title, lang, 40) if result.grade is not None else status)
    return names[0] if names[0] == names[1] else f"{names[0]} → {names[1]}"


def _standing(one: Recheck, lang: Lang) -> Row:
    site = one.after.result.site
    items = sorted((i for i in one.items if i.outcome in STANDING), key=lambda i: not i.veto)
    veto = speaker(lang)("item.tag", tag=speaker(lang)("item.veto"))
    names = tuple(item.id + (veto if item.veto else "") for item in items)
    place = "".join(part for part in (site.city, site.county) if part)
    return Row((clean(site.id, lang, 100), clean(site.name, lang, 200), clean(place, lang, 60), _grades(one, lang),
                len(items), names), listed(["", ""], lang))  # fmt: skip


def _claims(found: RecheckSummary, lang: Lang) -> Iterator[Row]:
    for one in found.sites:
        site = one.after.result.site
        for check in one.claims or ():
            if check.kind == "claimed_not_fixed" and check.claim is not None:
                words = (check.claim.said, check.claim.on, check.claim.place)
                yield Row(
                    (
                        clean(site.id, lang, 100),
                        clean(site.name, lang, 200),
                        check.rule,
                        clean(check.title, lang, 200),
                        clean("；".join(filter(None, words)), lang, 200),
                        speaker(lang)(f"outcome.{check.item.outcome}") if check.item is not None else NOTHING,
                    )
                )


def _statements(found: RecheckSummary, lang: Lang) -> Iterator[Statement]:
    said = speaker(lang)
    bad = [one for one in found.sites if any(c.kind == "claimed_not_fixed" for c in one.claims or ())]
    if bad:
        count = sum(check.kind == "claimed_not_fixed" for one in bad for check in one.claims or ())
        yield Statement("cap", said("many.claims", count=count, sites=len(bad)))
    late = [one.after.result.site.id for one in found.sites if one.late]
    if late:
        yield Statement("cap", said("many.late", count=len(late), sites=_names(late, lang)))
    yield Statement("note", said("many.sites", count=len(found.sites)))
    moves = {key: found.moves.get(key, 0) for key in ("up", "down", "same", "none")}
    grades = {key: found.grade_moves.get(key, 0) for key in ("up", "down", "same", "none")}
    yield Statement("note", said("many.moves", **moves))
    yield Statement("note", said("many.grades", **grades))
    yield from _findings(found, lang)
    if found.standing:
        yield Statement("open", said("many.standing", count=len(found.standing)))
    mixed = [one.after.result.site.id for one in found.sites if one.split == "mixed"]
    if mixed:
        yield Statement("open", said("many.mixed", count=len(mixed), sites=_names(mixed, lang)))
    apart = [one for one in found.sites if one.split == "separated"]
    if apart:
        yield Statement("note", said("many.separated", count=len(apart)))


def _findings(found: RecheckSummary, lang: Lang) -> Iterator[Statement]:
    said = speaker(lang)
    before = {o: found.counts.get(o, 0) for o in FINDINGS if o != "new"}
    total = sum(before.values())
    order = ("fixed", "partly", "open", "unchecked", *_GONE)
    items = [said("say.counted", outcome=said(f"outcome.{o}"), count=before[o]) for o in order if before[o]]
    yield Statement("note", said("many.findings", count=total, items=listed(items, lang) or NOTHING,
                                 new=found.counts.get("new", 0)))  # fmt: skip
    due = total - sum(before[o] for o in _GONE)
    if due:
        yield Statement("note", said("many.fixed_rate", rate=percent(Fraction(before["fixed"], due))))


def _names(names: Sequence[str], lang: Lang) -> str:
    joined = listed(list(names[:_MOST_NAMES]), lang)
    return joined if len(names) <= _MOST_NAMES else f"{joined} …"


def _unpaired(found: RecheckSummary, lang: Lang) -> Iterator[str]:
    said = speaker(lang)
    for key, sites in (("before", found.only_before), ("after", found.only_after)):
        if sites:
            names = [said("many.site", name=clean(name, lang, 100), id=sid) for sid, name in sites]
            yield said(f"many.unpaired_{key}", count=len(sites), sites=_names(names, lang))
