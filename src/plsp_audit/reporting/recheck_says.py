"""The sentences at the head of a recheck's report: what was fixed, what was not, and what the scores cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.recheck import Cap, Outcome, Recheck
from plsp_audit.reporting.outcome import headline
from plsp_audit.reporting.recheck_rows import speaker
from plsp_audit.reporting.recheck_steps import between_shown, prints
from plsp_audit.reporting.rows import Statement
from plsp_audit.reporting.wording import clean, listed, signed

_ORDER: Final[tuple[Outcome, ...]] = ("fixed", "partly", "open", "unchecked", "dropped", "waived", "removed")


def statements(found: Recheck, lang: Lang) -> tuple[Statement, ...]:
    """Say what a reader has to know first; what needs attention is a `cap` or `open`, the rest a `note`."""
    return (
        *_warnings(found, lang),
        *_claims(found, lang),
        *_counts(found, lang),
        *_caps(found, lang),
        *_scores(found, lang),
        *_bounds(found, lang),
    )


def _warnings(found: Recheck, lang: Lang) -> Iterator[Statement]:
    said, old, new = speaker(lang), found.before.result, found.after.result
    if found.late:
        yield Statement("cap", said("say.late", before=old.inspection.date, after=new.inspection.date))
    if old.input_digest == new.input_digest:
        yield Statement("cap", said("say.same_day_input"))


def _claims(found: Recheck, lang: Lang) -> Iterator[Statement]:
    bad = [check.rule for check in found.claims or () if check.kind == "claimed_not_fixed"]
    if bad:
        text = speaker(lang)("say.claims_bad", count=len(bad), rules=listed(list(dict.fromkeys(bad)), lang))
        yield Statement("cap", text)


def _counts(found: Recheck, lang: Lang) -> Iterator[Statement]:
    said = speaker(lang)
    counts: dict[Outcome, int] = {outcome: found.count(outcome) for outcome in _ORDER}
    if total := sum(counts.values()):
        words = [said("say.counted", outcome=said(f"outcome.{o}"), count=counts[o]) for o in _ORDER if counts[o]]
        yield Statement("note", said("say.counts", count=total, items=listed(words, lang)))
    else:
        yield Statement("note", said("say.none_before"))
    if new := found.count("new"):
        yield Statement("open", said("say.new", count=new))
    if counts["unchecked"]:
        rules = [item.id for item in found.items if item.outcome == "unchecked"]
        yield Statement("open", said("say.unchecked", count=len(rules), rules=listed(rules, lang)))


def _caps(found: Recheck, lang: Lang) -> Iterator[Statement]:
    for change in ("new", "kept", "unchecked", "lifted"):
        caps = [_cap(cap, lang) for cap in found.caps if cap.change == change]
        if caps:
            kind = "note" if change == "lifted" else "cap"
            yield Statement(kind, speaker(lang)(f"say.cap_{change}", items=listed(caps, lang)))  # type: ignore[arg-type]


def _cap(cap: Cap, lang: Lang) -> str:
    name = clean(f"{cap.id} {cap.title}", lang, 120)
    said = speaker(lang)
    return said("say.cap", rule=name, best=clean(cap.best, lang, 40)) if cap.best else said("say.cap_plain", rule=name)


def _scores(found: Recheck, lang: Lang) -> Iterator[Statement]:
    said, change = speaker(lang), found.standard
    wanting = [seen.result.score is None for seen in (found.before, found.after)]
    if any(wanting):
        which = "both" if all(wanting) else "before" if wanting[0] else "after"
        status = found.before.result.status if wanting[0] else found.after.result.status
        yield Statement("note", said(f"say.no_bridge_{which}", status=say(f"label.status.{status}", lang)))
        return
    if change is None:
        yield Statement("note", said("say.same_standard"))
    elif change.bridge is not None and found.bridge is not None and change.middle is not None:
        head = headline(change.middle, found.after.standard, lang)
        parts = {"standard": change.bridge, "site": found.bridge}
        words = {name: between_shown(part.start, part.end) for name, part in parts.items()}
        words["total"] = words["standard"] + words["site"]
        yield Statement("note", said(
            "say.separated", middle=head.value if head else "", grade=head.grade if head else "",
            **{key: signed(value) for key, value in words.items()},
        ))  # fmt: skip
    else:
        yield Statement("open", said(f"say.mixed_{change.why}", detail=clean(change.detail, lang, 400)))
    kinds = {line.kind for line in (found.bridge.lines if found.bridge is not None else ()) if prints(line)}
    yield from (Statement("note", said(f"say.{kind}")) for kind in ("recorded", "whole") if kind in kinds)


def _bounds(found: Recheck, lang: Lang) -> Iterator[Statement]:
    said = speaker(lang)
    for which, seen in (("before", found.before), ("after", found.after)):
        head = headline(seen.result, seen.standard, lang)
        if head is not None and head.span:
            kind = "open" if which == "after" else "note"
            yield Statement(kind, said(f"say.open_{which}", span=head.span))  # type: ignore[arg-type]
            if which == "after" and head.grade_span:
                yield Statement("open", said("say.open_grade_after", span=head.grade_span))
