"""A site's recheck in words: everything that a page or a sheet of it says, rounded for paper, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.recheck import Bridge, Recheck, Seen
from plsp_audit.reporting.outcome import headline
from plsp_audit.reporting.recheck_json import file_name
from plsp_audit.reporting.recheck_rows import (
    ChangeRow,
    ClaimGroup,
    ItemGroup,
    ItemRow,
    change_rows,
    claim_groups,
    item_groups,
    other_rows,
    speaker,
)
from plsp_audit.reporting.recheck_says import statements
from plsp_audit.reporting.recheck_steps import Step, bars, between_shown, standard_steps, steps
from plsp_audit.reporting.rows import Entry, Headline, Origin, Signature, Statement
from plsp_audit.reporting.view import site_view
from plsp_audit.reporting.wording import NOTHING, clean, day, listed, signed


@dataclass(frozen=True, slots=True)
class PairRow:
    """One thing at both times."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Big:
    """One of the large numbers at the head of the report."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class RecheckView:
    """One site's recheck. Empty tuples are parts that there is nothing to say under.

    Attributes:
        headline: That of the second inspection, which the signature block repeats; `status_label` likewise.
        steps: The way from one score to the other; `bars` the same for the chart.
        others: What changed and is no finding.
        kept: A sentence on what was met and is.
        claims_said: What to say of the ledger; empty where none was given.
    """

    lang: Lang
    title: str
    site_name: str
    date: str
    date_iso: str
    site: tuple[Entry, ...]
    pair: tuple[PairRow, ...]
    big: tuple[Big, ...]
    headline: Headline | None
    status_label: str
    statements: tuple[Statement, ...]
    claims: tuple[ClaimGroup, ...]
    claims_said: str
    steps: tuple[Step, ...]
    bars: tuple[Step, ...]
    bridge_note: str
    standard_steps: tuple[Step, ...]
    standard_note: str
    changes: tuple[ChangeRow, ...]
    change_notes: tuple[str, ...]
    groups: tuple[ItemGroup, ...]
    others: tuple[ItemRow, ...]
    kept: str
    signatures: tuple[Signature, ...]
    origin: Origin


def recheck_view(found: Recheck, lang: Lang = "zh") -> RecheckView:
    """Put a recheck into the words of its report."""
    said, after = speaker(lang), found.after
    whole = site_view(after.result, after.standard, lang)
    way, apart = steps(found, lang), standard_steps(found, lang)
    return RecheckView(
        lang=lang,
        title=said("title.site"),
        site_name=whole.site_name,
        date=whole.date,
        date_iso=whole.date_iso,
        site=whole.site,
        pair=tuple(_pair(found, lang)),
        big=tuple(_big(found, lang)),
        headline=whole.headline,
        status_label=whole.status_label,
        statements=statements(found, lang),
        claims=claim_groups(found, lang),
        claims_said=_claims_said(found, lang),
        steps=way,
        bars=bars(way, lang),
        bridge_note=_note(found.bridge, way, lang),
        standard_steps=apart,
        standard_note=_note(found.standard.bridge, apart, lang) if found.standard is not None else "",
        changes=change_rows(found.standard.rules, lang) if found.standard is not None else (),
        change_notes=tuple(_change_notes(found, lang)),
        groups=item_groups(found.items, lang),
        others=other_rows(found.items, lang),
        kept=_kept(found, lang),
        signatures=whole.signatures,
        origin=whole.origin,
    )


def _pair(found: Recheck, lang: Lang) -> Iterator[PairRow]:
    rows = [_facts(seen, lang) for seen in (found.before, found.after)]
    for key, before in rows[0].items():
        after = rows[1][key]
        same_digest = key == "digest" and before == after
        if (before or after) and not same_digest:
            yield PairRow(speaker(lang)(f"row.{key}"), before or NOTHING, after or NOTHING)


def _facts(seen: Seen, lang: Lang) -> dict[str, str]:
    result, info = seen.result, seen.result.inspection
    head = headline(result, seen.standard, lang)
    rated = head is not None and bool(head.value)
    return {
        "date": day(info.date, lang),
        "kind": say(f"label.kind.{info.kind}", lang),
        "team": clean(info.team, lang, 100),
        "inspectors": clean(listed(info.inspectors, lang), lang, 200),
        "standard": clean(result.standard.title, lang, 200),
        "digest": clean(result.standard.digest[:16], lang),
        "input": clean(result.input_digest[:16], lang),
        "status": "" if rated else say(f"label.status.{result.status}", lang),
        "reason": clean(result.reason, lang, 300),
        "score": head.value if head is not None else "",
        "rounded": (head.rounded or head.value) if head is not None else "",
        "grade": head.grade if head is not None else "",
        "span": head.span if head is not None else "",
        "grade_span": head.grade_span if head is not None else "",
        "coverage": f"{head.coverage} ({head.coverage_count})" if head is not None else "",
        "file": clean(file_name(seen.source), lang, 100),
    }


def _big(found: Recheck, lang: Lang) -> Iterator[Big]:
    said = speaker(lang)
    heads = [headline(seen.result, seen.standard, lang) for seen in (found.before, found.after)]
    scores = [head.value if head is not None and head.value else NOTHING for head in heads]
    old, new = found.before.result.score, found.after.result.score
    change = None if old is None or new is None else between_shown(old.value, new.value)
    move = said("big.none") if change is None else said("big.same") if not change else signed(change)
    yield Big(said("big.score"), said("big.arrow", before=scores[0], after=scores[1]), move)
    grades = [head.grade if head is not None and head.grade else NOTHING for head in heads]
    yield Big(said("big.grade"), said("big.arrow", before=grades[0], after=grades[1]),
              said(f"big.grade_{found.grade_move or 'none'}"))  # fmt: skip
    before = found.count("open", "partly", "unchecked", "fixed", "dropped", "waived", "removed")
    yield Big(said("big.fixed"), str(found.count("fixed")), said("big.of", count=before))
    counts = {name: found.count(name) for name in ("open", "partly", "new")}
    yield Big(said("big.left"), str(sum(counts.values())), said("big.left_note", **counts))


def _claims_said(found: Recheck, lang: Lang) -> str:
    if found.claims is None:
        return ""
    if not any(check.claim for check in found.claims):
        return speaker(lang)("say.claims_none")
    agree = all(check.kind in ("confirmed", "open_unclaimed", "moot") for check in found.claims)
    return speaker(lang)("say.claims_good") if agree else ""


def _note(bridge: Bridge | None, way: Sequence[Step], lang: Lang) -> str:
    """Say what the lines of a bridge are, and what is left of their printed numbers."""
    if bridge is None or bridge.by == "whole":
        return ""
    said = speaker(lang)
    notes = [said(f"note.bridge_{bridge.by}")]
    if any(step.kind == "other" and not step.move for step in way):
        notes.append(said("note.shown"))
    return ("" if lang == "zh" else " ").join(notes)


def _change_notes(found: Recheck, lang: Lang) -> Iterator[str]:
    change, said = found.standard, speaker(lang)
    if change is None:
        return
    if change.scoring is None:
        yield said("change.unknown_scoring")
    elif change.scoring:
        yield said("change.scoring", items=listed([said(f"key.{key}") for key in change.scoring], lang))
    if not change.rules:
        yield said("change.none")
    if change.aside:
        yield said("say.aside", names=clean(listed(list(change.aside), lang), lang, 400))


def _kept(found: Recheck, lang: Lang) -> str:
    kept = [item.id for item in found.items if item.outcome == "kept"]
    return speaker(lang)("item.kept", count=len(kept), rules=listed(kept, lang)) if kept else ""
