"""A raw tree to a result, checked to be one: what a program wrote may have been edited, cut off or mixed up since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from plsp_audit.loading.read_file import RawDocument
from plsp_audit.loading.validation import validated
from plsp_audit.model.problem import InputError, Problem, Worded, in_order
from plsp_audit.model.result import Result
from plsp_audit.model.site import SiteBlock
from plsp_audit.model.values import shown

_SCORED: Final = ("complete", "coverage", "dimensions", "rules", "rectification")
_ASKED: Final = {
    "rated": ("score", "grade", "grade_low", "grade_high", "capped_by", *_SCORED),
    "no_score": _SCORED,
    "not_rated": (),
}
"""By status: what a result must have for others to work with it."""

_OTHER_FILES: Final = {
    "site": Worded("检查文件", "an inspection"),
    "standard": Worded("标准文件", "a standard"),
    "facts": Worded("检查项目字典", "a dictionary of facts"),
    "rules": Worded("标准的条目文件", "a rules file of a standard"),
}


def checked(document: RawDocument) -> Result:
    """Give the result that a document holds.

    Raises:
        InputError: Everything that is wrong with it, each at its place.
    """
    _is_result(document)
    problems: list[Problem] = []
    result: Result | None = None
    try:
        result = validated(Result, document.tree, document)
        problems += _faults(result, document)
    except InputError as error:
        problems += error.problems
    site = document.tree.get("site") if isinstance(document.tree, dict) else None
    if isinstance(site, dict):
        # An id that is no file name would lead elsewhere when files are named by it.
        try:
            validated(SiteBlock, site, document, prefix=("site",))
        except InputError as error:
            problems += error.problems
    if result is None or problems:
        raise InputError(in_order(problems))
    return result


def _is_result(document: RawDocument) -> None:
    tree = document.tree
    given = tree.get("plsp") if isinstance(tree, dict) else None
    if given == "result/1":
        return
    code, params = "results.not_a_result", {"what": "", "value": shown(str(given or ""))}
    kind, _, version = str(given or "").partition("/")
    if kind in _OTHER_FILES:
        code, params["what"] = "results.another_kind", _OTHER_FILES[kind]
    elif kind == "result" and version.isdecimal():
        code = "results.newer"
    raise InputError([Problem(code, params, document.place(("plsp",) if given else ()))])


def _faults(result: Result, document: RawDocument) -> Iterator[Problem]:
    if not _is_day(result.inspection.date):
        params = {"key": "inspection.date", "value": shown(result.inspection.date)}
        yield Problem("results.bad_date", params, document.place(("inspection", "date")))
    for key in _ASKED[result.status]:
        if getattr(result, key) is None:
            params = {"key": key, "status": result.status}
            yield Problem("results.missing_for_status", params, document.place(("status",)))
    rules = set()
    for number, rule in enumerate(result.rules or []):
        if rule.id in rules:
            yield Problem("results.rule_twice", {"rule": shown(rule.id)}, document.place(("rules", number, "id")))
        rules.add(rule.id)
    for number, item in enumerate(result.rectification or []):
        if item.rule not in rules:
            place = document.place(("rectification", number, "rule"))
            yield Problem("results.no_such_rule", {"rule": shown(item.rule)}, place)
        if item.due is not None and not _is_day(item.due):
            params = {"key": "rectification.due", "value": shown(item.due)}
            yield Problem("results.bad_date", params, document.place(("rectification", number, "due")))


def _is_day(text: str) -> bool:
    """Tell whether a text is a date as results write it: 2018-10-31."""
    try:
        return len(text) == 10 and date.fromisoformat(text) is not None
    except ValueError:
        return False
