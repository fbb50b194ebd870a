"""Where rectification stands, in words: what the screen and the workbook share."""

from __future__ import annotations

from collections.abc import Sequence

from plsp_audit.analysis.rectify_status import Count, Status
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.ledger import Stray
from plsp_audit.model.problem import Problem, Worded
from plsp_audit.model.values import shown
from plsp_audit.reporting.wording import clean, day

COUNTS = ("total", "open", "overdue", "done", "verified", "missing")
"""The counts of a table, in its order."""


_BEFORE_ROWS = ("ledger.no_key_column",)
"""What explains why so many rows cannot be matched, and is said before them."""


def stray_problem(stray: Stray) -> Problem:
    """Give what is to be said of a row that could not be matched, at its cell."""
    hint = {lang: say("ledger.hint", lang, meant=stray.meant) if stray.meant else "" for lang in ("zh", "en")}
    params = {"hint": Worded(hint["zh"], hint["en"]), "key": shown(stray.key)}
    return Problem(f"ledger.stray_{stray.why}", params, stray.place, severity="warning")


def missing_problems(found: Status) -> list[Problem]:
    """Give what is to be said of findings whose row is in no ledger."""
    return [
        Problem("ledger.missing", {"site": c.entry.site_name, "rule": c.entry.rule, "title": c.entry.title},
                severity="warning")
        for c in found.cases if c.standing == "missing"
    ]  # fmt: skip


def headline(found: Status, lang: Lang) -> list[str]:
    """Say in a few lines where everything stands."""
    total = found.total
    params = {
        name: getattr(total, name) for name in ("total", "open", "started", "overdue", "done", "verified", "late")
    }
    lines = [say("rectify.status.headline", lang, date=day(found.today.isoformat(), lang), **params)]
    if total.late:
        lines.append(say("rectify.status.late", lang, count=total.late))
    if total.missing:
        lines.append(say("rectify.status.missing", lang, count=total.missing))
    if found.strays:
        lines.append(say("rectify.status.unmatched", lang, count=len(found.strays)))
    return lines


def counts_of(count: Count) -> list[int]:
    """Give the counts of a table's row."""
    return [getattr(count, name) for name in COUNTS]


def county_name(city: str | None, county: str | None, lang: Lang, *, cities: bool) -> str:
    """Give a county's name, after its city's where there are several."""
    name = clean(county, lang, 100) or say("rectify.text.no_county", lang)
    return f"{clean(city, lang, 100)} {name}".strip() if cities else name


def several_cities(found: Status) -> bool:
    """Tell whether the ledgers are of more than one city."""
    return len({row.city for row in found.counties}) > 1


def problems_of(found: Status) -> Sequence[Problem]:
    """Give everything that somebody should look at: rows that cannot be matched, contradictions, missing rows."""
    first = [problem for problem in found.remarks if problem.code in _BEFORE_ROWS]
    rest = [problem for problem in found.remarks if problem.code not in _BEFORE_ROWS]
    return [*first, *map(stray_problem, found.strays), *rest, *missing_problems(found)]
