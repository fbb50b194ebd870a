"""The lists of a report: rectification, evidence, waivers, and self-assessed beside awarded points."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from pathlib import PurePosixPath

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.result import Evidence, Rectification, Result, RuleResult
from plsp_audit.reporting.rows import EvidenceRow, RectifyRow, SelfRow, WaiverRow
from plsp_audit.reporting.wording import NOTHING, clean, day, listed, number, priority_word, signed

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
"""Evidence with one of these endings is a photo; the rest is listed as a document."""


def rectify_rows(result: Result, lang: Lang) -> tuple[RectifyRow, ...]:
    """Give the rectification list in its order."""
    rules = {rule.id: rule for rule in result.rules or ()}
    return tuple(_rectify(line, rules.get(line.rule), lang) for line in result.rectification or ())


def _rectify(line: Rectification, rule: RuleResult | None, lang: Lang) -> RectifyRow:
    return RectifyRow(
        no=line.no,
        rule=clean(line.rule, lang, 60),
        title=clean(rule.title if rule is not None else "", lang, 400),
        problem=clean(line.problem, lang),
        requirement=clean(line.requirement, lang),
        remedy=clean(line.remedy, lang),
        gain=number(line.points_lost),
        priority=priority_word(line.priority, rule is not None and rule.level == "penalty", lang),
        veto=line.priority == "veto",
        due=day(line.due, lang) or say("report.rectify.no_due", lang),
        owner=clean(line.owner, lang, 100),
    )


def evidence_rows(result: Result, lang: Lang) -> tuple[EvidenceRow, ...]:
    """List each file once, with the rules it belongs to: photos are numbered, then documents."""
    rules: dict[str, list[str]] = defaultdict(list)
    files: dict[str, Evidence] = {}
    titles: dict[str, str] = {}
    for rule in result.rules or ():
        for item in rule.evidence:
            files.setdefault(item.path, item)
            rules[item.path].append(rule.id)
            titles.setdefault(item.path, rule.title)
    ordered = sorted(files, key=lambda path: not _is_photo(path))
    rows = []
    counts = {True: 0, False: 0}
    for path in ordered:
        photo = _is_photo(path)
        counts[photo] += 1
        rows.append(
            EvidenceRow(
                no=counts[photo],
                key=path,
                path=clean(path, lang, 300),
                photo=photo,
                caption=clean(files[path].caption or titles[path], lang, 200),
                rules=clean(listed(list(dict.fromkeys(rules[path])), lang), lang, 200),
                sha256=clean(files[path].sha256, lang, 100),
            )
        )
    return tuple(rows)


def _is_photo(path: str) -> bool:
    return PurePosixPath(path.replace("\\", "/")).suffix.lower() in PHOTO_SUFFIXES


def waiver_rows(result: Result, lang: Lang) -> tuple[WaiverRow, ...]:
    """List every waiver, used or expired."""
    rows = []
    for rule in result.rules or ():
        if (waiver := rule.waiver) is None:
            continue
        state = waiver.state or (rule.state if rule.state != "waived" else None)
        rows.append(
            WaiverRow(
                rule=clean(rule.id, lang, 60),
                title=clean(rule.title, lang, 400),
                reason=clean(waiver.reason, lang),
                approved_by=clean(waiver.approved_by, lang, 200) or NOTHING,
                until=day(waiver.until, lang) or NOTHING,
                status=say(f"report.rule.{'lapsed' if waiver.expired else 'used'}", lang),
                expired=waiver.expired,
                state=say(f"label.state.{state}", lang) if state else NOTHING,
            )
        )
    return tuple(rows)


def self_rows(result: Result, lang: Lang) -> tuple[SelfRow, ...]:
    """Set self-assessed points beside those awarded, rule by rule, with a total as the last row."""
    given = [(r, r.self_score) for r in result.rules or () if r.self_score is not None]
    rows = [
        SelfRow(
            clean(r.id, lang, 60), clean(r.title, lang, 400), number(own), number(r.awarded), signed(r.awarded - own)
        )
        for r, own in given
    ]
    if rows:
        own = sum((own for _, own in given), Fraction(0))
        assessed = sum((r.awarded for r, _ in given), Fraction(0))
        total = say("report.self.total", lang)
        rows.append(SelfRow("", total, number(own), number(assessed), signed(assessed - own)))
    return tuple(rows)
