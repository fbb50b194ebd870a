"""`standards test`: the cases of a standard, computed and held against what its author expects."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from plsp_audit.batch.cases import Difference, Outcome, Run, run_all
from plsp_audit.batch.desk import Desk
from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.found import near, print_json, told
from plsp_audit.loading.packs import Library
from plsp_audit.model.base import number_text, plain
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError


def run_test(paths: Sequence[Path], folders: Sequence[Path], as_json: bool, lang: Lang) -> int:
    """Run files of cases; print every case that does not come out as expected."""
    desk = Desk(Library(folders), None, lang)
    files = count = bad = 0
    invalid = False
    for run in run_all(paths, desk):
        if isinstance(run, InputError):
            tell_problems(told(run.problems), lang)
            invalid = True
            continue
        files, count, bad = files + 1, count + len(run.outcomes), bad + len(run.failed)
        if as_json:
            print_json(_document(run, lang))
        else:
            for outcome in run.failed:
                print(_line(outcome, lang))
    if not count and not invalid:
        tell(say("cases.nothing", lang))
        return Exit.NOTHING
    if count:
        tell(say("cases.failed" if bad else "cases.passed", lang, files=files, count=count, bad=bad))
    return Exit.INVALID if invalid else Exit.FOUND if bad else Exit.DONE


def _line(outcome: Outcome, lang: Lang) -> str:
    separator = say("cases.separator", lang)
    faults = [_difference_text(difference, lang) for difference in outcome.differences]
    if outcome.problems:
        reasons = separator.join(dict.fromkeys(problem.message(lang) for problem in outcome.problems))
        faults.append(say("cases.unreadable", lang, faults=reasons))
    place = outcome.place
    where = ":".join([near(place.file), *(str(n) for n in (place.line, place.column) if n is not None)])
    name = " ".join(outcome.case.name.split())
    return f"{where}: {say('cases.case', lang, rule=outcome.rule, name=name, faults=separator.join(faults))}"


def _difference_text(difference: Difference, lang: Lang) -> str:
    wanted, got = (_shown(value, lang) for value in (difference.wanted, difference.got))
    if difference.key in ("state", "missing"):
        return say(f"cases.{difference.key}", lang, wanted=wanted, got=got)
    return say("cases.number", lang, label=say(f"cases.label.{difference.key}", lang), wanted=wanted, got=got)


def _shown(value: str | Fraction | tuple[str, ...], lang: Lang) -> str:
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, str):
        return say("cases.state_named", lang, label=say(f"label.state.{value}", lang), state=value)
    return say("wording.list.join", lang).join(value) or say("cases.nothing_missing", lang)


def _document(run: Run, lang: Lang) -> dict[str, Any]:
    failed = [
        {
            "rule": outcome.rule,
            "name": outcome.case.name,
            "line": outcome.place.line,
            "column": outcome.place.column,
            "wanted": {d.key: _plain(d.wanted) for d in outcome.differences},
            "got": {d.key: _plain(d.got) for d in outcome.differences},
            "problems": [problem.message(lang) for problem in outcome.problems],
        }
        for outcome in run.failed
    ]
    return {
        "file": near(str(run.path)),
        "standard": run.file.standard,
        "tier": run.file.tier,
        "cases": len(run.outcomes),
        "ok": not failed,
        "failed": failed,
    }


def _plain(value: str | Fraction | tuple[str, ...]) -> Any:
    if isinstance(value, Fraction):
        return plain(value)
    return list(value) if isinstance(value, tuple) else value
