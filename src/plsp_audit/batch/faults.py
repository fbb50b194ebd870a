"""What could not be assessed, as the lines of errors.csv: where, what is wrong, what would be right."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from plsp_audit.batch.inputs import ERROR_COLUMNS
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import Problem
from plsp_audit.model.rollup import ErrorRow

MOST_ROWS: Final = 200
"""Lines for one site; what is beyond them is counted."""

_QUOTED: Final = re.compile("“[^”]*”|\"[^\"]*\"")
_BREAK: Final = re.compile("。(?=.)|；|; |(?<=[a-z0-9)”\"])[.:?] (?=[A-Z])|，(?=应|请)")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def fault_and_remedy(message: str, lang: Lang) -> tuple[str, str]:
    """Divide what a problem says into what is wrong and what would be right."""
    hidden = _QUOTED.sub(lambda match: "“" + "x" * (len(match[0]) - 2) + "”", message)
    found = _BREAK.search(hidden)
    if found is None:
        return message, say("batch.remedy", lang)
    return message[: found.start()].rstrip("。"), message[found.end() :]


def error_rows(problems: Sequence[Problem], lang: Lang) -> tuple[ErrorRow, ...]:
    """Give a line for every problem of a site, at most `MOST_ROWS`."""
    rows = [_row(problem, lang) for problem in problems[:MOST_ROWS]]
    if len(problems) > MOST_ROWS:
        more = say("cli.more_problems", lang, count=len(problems) - MOST_ROWS)
        rows.append(ErrorRow(problems[0].place.file, fault=more, remedy=say("batch.remedy", lang)))
    return tuple(rows)


def _row(problem: Problem, lang: Lang) -> ErrorRow:
    place = problem.place
    return ErrorRow(
        place.file, place.line, place.column, place.sheet, place.cell, *fault_and_remedy(problem.message(lang), lang)
    )


def errors_csv(rows: Iterable[ErrorRow], lang: Lang) -> bytes:
    """Write errors.csv: UTF-8 with a BOM, so that Excel and WPS read it rightly; no cell is ever a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(say(f"summary_book.column.{column}", lang) for column in ERROR_COLUMNS)
    for row in rows:
        writer.writerow(["" if value is None else _plain(str(value)) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _plain(text: str) -> str:
    """Keep a program that opens the file from taking text for a formula."""
    line = " ".join(text.split("\n")).replace("\x00", "")
    return "'" + line if line.startswith(_FORMULA) else line


def lost_rows(file: str, lang: Lang) -> tuple[ErrorRow, ...]:
    """Give the line of a site at which a worker process dies."""
    return (ErrorRow(file, fault=say("batch.lost", lang), remedy=say("batch.lost_remedy", lang)),)
