"""A site's second inspection held against its first: items, score, grade, caps, and what a new standard did. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from plsp_audit.analysis.recheck_bridge import Titles, bridge, unexplained
from plsp_audit.analysis.recheck_compose import compose
from plsp_audit.analysis.recheck_items import as_stored, compare_rule, items
from plsp_audit.analysis.recheck_standard import rule_changes, scoring_changes
from plsp_audit.model.recheck import Bridge, Cap, Item, Recheck, Seen, StandardChange
from plsp_audit.model.result import Result, RuleResult
from plsp_audit.model.standard import ResolvedStandard


@dataclass(frozen=True, slots=True)
class Middle:
    """BEFORE's inspection under AFTER's standard, or why there is none.

    Attributes:
        result: Its result.
        aside: Entries of the file that the standard does not know.
        why: A key of the catalogue, where there is no result: `results_only`, `unfit`.
        detail: What is wrong in particular.
    """

    result: Result | None = None
    aside: tuple[str, ...] = ()
    why: str = ""
    detail: str = ""


def same_standard(before: Seen, after: Seen) -> bool:
    """Tell whether one standard, and one tier of it, holds for both sides."""
    old, new = before.result, after.result
    return (old.standard.digest, old.site.tier) == (new.standard.digest, new.site.tier)


def recheck(before: Seen, after: Seen, middle: Middle | None = None) -> Recheck:
    """Hold a site's second inspection against its first.

    Args:
        before: The first.
        after: The second, of the same site.
        middle: Where the standards differ: the first under the second's standard, or why that cannot be had.
    """
    if not (before.exact and after.exact):
        before, after = as_stored(before), as_stored(after)
        if middle is not None and middle.result is not None:
            middle = replace(middle, result=as_stored(Seen(middle.result, None)).result)
    same = same_standard(before, after)
    between = None if same else _usable(middle or Middle(why="results_only"), before, after)
    stands = {r.id: r for r in between.result.rules or []} if between and between.result else None
    found = items(before, after, stands)
    split: Literal["same", "separated", "mixed"] = "same" if same else "separated" if stands is not None else "mixed"
    change = None
    if between is not None:
        change = StandardChange(
            split=split, rules=rule_changes(before, after, stands),
            scoring=scoring_changes(before.standard, after.standard), why=between.why, detail=between.detail,
            middle=between.result, aside=between.aside,
            bridge=_standard_bridge(before, _seen(between.result, after), found) if between.result else None,
        )  # fmt: skip
    return Recheck(
        before=before, after=after, split=split, standard=change,
        bridge=_site_bridge(before, after, between.result if between else None, found), items=found,
        caps=caps(before, after), late=after.result.inspection.date < before.result.inspection.date,
        grade_move=grade_move(before, after),
    )  # fmt: skip


def _usable(middle: Middle, before: Seen, after: Seen) -> Middle:
    """Take a middle only where it stands between two scores of one tier."""
    if before.result.site.tier != after.result.site.tier:
        return Middle(why="tier", detail=f"{before.result.site.tier} → {after.result.site.tier}")
    if before.result.score is None or after.result.score is None:
        return Middle(why="no_score")
    if middle.result is not None and middle.result.score is None:
        return Middle(why="middle_no_score", aside=middle.aside)
    return middle


def _seen(result: Result, after: Seen) -> Seen:
    return Seen(result, after.standard)


def _scores(before: Seen, after: Seen) -> Bridge | None:
    """Give the way between two scores as a whole; None where there are not two."""
    old, new = before.result.score, after.result.score
    if old is None or new is None:
        return None
    return unexplained((old.value, old.rounded), (new.value, new.rounded))


def _titles(found: tuple[Item, ...]) -> Titles:
    return {item.id: (item.title, item.outcome) for item in found}


def _standard_bridge(before: Seen, middle: Seen, found: tuple[Item, ...]) -> Bridge | None:
    old, new = compose(before), compose(middle)
    if old is None or new is None:
        return _scores(before, middle)
    return bridge(old, new, {item.id: (item.title, None) for item in found})


def _site_bridge(before: Seen, after: Seen, middle: Result | None, found: tuple[Item, ...]) -> Bridge | None:
    start = before if middle is None else _seen(middle, after)
    old, new = compose(start), compose(after)
    if old is None or new is None:
        return _scores(start, after)
    return bridge(old, new, _titles(found if middle is None else _since(middle, after.result)))


def _since(middle: Result, after: Result) -> tuple[Item, ...]:
    """Tell what became of each rule under the newer standard alone."""
    old: Mapping[str, RuleResult] = {r.id: r for r in middle.rules or []}
    return tuple(compare_rule(old.get(r.id), r) for r in after.rules or [])


def grade_move(before: Seen, after: Seen) -> Literal["up", "down", "same"] | None:
    """Tell whether the grade rose or fell; None where there are not two grades of one set of bands."""
    old, new = before.result.grade, after.result.grade
    if old is None or new is None:
        return None
    one, other = before.standard, after.standard
    bands = [[g.id for g in s.grades] if s is not None else None for s in (one, other)]
    if bands[0] != bands[1] or (one is None and before.result.standard.digest != after.result.standard.digest):
        return None
    if old.id == new.id:
        return "same"
    if other is None or old.id not in (ids := bands[1] or []) or new.id not in ids:
        return None
    return "up" if other.grade_rank(new.id) < other.grade_rank(old.id) else "down"


def caps(before: Seen, after: Seen) -> tuple[Cap, ...]:
    """Give the vetoes and pass marks that cap the grade at either time: lifted, new, kept, or not looked into again."""
    old, new = _capping(before), _capping(after)
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        title, best = (new if name in new else old)[name]
        if name in new:
            change: Literal["lifted", "new", "kept", "unchecked"] = "kept" if name in old else "new"
        else:
            change = "lifted" if _looked_into(after.result, name) else "unchecked"
        found.append(Cap(name, title, change, best))
    return tuple(found)


def _looked_into(result: Result, name: str) -> bool:
    """Tell whether an inspection settles a veto or a pass mark; a standard that does not have it does too."""
    return result.rules is not None and all(r.state != "not_checked" for r in result.rules if r.id == name)


def _capping(seen: Seen) -> dict[str, tuple[str, str]]:
    """Give by id the title of what caps the grade, and the best grade that it leaves.

    Without the standard at hand only those are known whose cap is below the grade that the score earns.
    """
    result, standard = seen.result, seen.standard
    named = set(result.capped_by or ())
    titles = {r.id: r.title for r in result.rules or []} | {d.id: d.title for d in result.dimensions or []}
    if standard is None:
        return {name: (titles.get(name, name), "") for name in result.capped_by or ()}
    grades = {g.id: g.title for g in standard.grades}
    states = {r.id: r.state for r in result.rules or []}
    found = {}
    for rule in standard.rules.get(result.site.tier, ()):
        failing = states.get(rule.id) == "fail" or (states.get(rule.id) == "partial" and rule.veto_on == "loss")
        if rule.veto is not None and (failing or rule.id in named):
            found[rule.id] = (titles.get(rule.id, rule.title), grades[rule.veto])
    return found | _missed(result, standard, named, grades)


def _missed(
    result: Result, standard: ResolvedStandard, named: set[str], grades: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    worst = standard.scoring.below_pass_mark
    if worst is None:
        return {}
    marks = {d.id: d.pass_mark for d in standard.dimensions}
    found = {}
    for dimension in result.dimensions or ():
        mark = marks.get(dimension.id)
        below = mark is not None and dimension.rate is not None and dimension.rate * 100 < mark
        if below or dimension.id in named:
            found[dimension.id] = (dimension.title, grades[worst])
    return found
