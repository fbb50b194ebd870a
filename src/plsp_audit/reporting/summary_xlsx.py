"""The workbook of a batch: overview, ranking, rates by dimension, rules that fail most, rectification, errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from plsp_audit.model.catalogue import Lang
from plsp_audit.reporting.summary_xlsx_book import ROW_LIMIT, book
from plsp_audit.reporting.summary_xlsx_lists import (
    draw_errors,
    draw_ranking,
    draw_rectification,
    draw_rule_list,
    draw_unscored,
)
from plsp_audit.reporting.summary_xlsx_overview import draw_dimensions, draw_overview
from plsp_audit.reporting.summary_xlsx_words import Words

if TYPE_CHECKING:
    from plsp_audit.model.rollup import ErrorRow, Summary


def write_summary(
    target: Path | BinaryIO,
    summary: Summary,
    results: Callable[[], Iterable[Mapping[str, Any]]],
    errors: Sequence[ErrorRow] = (),
    lang: Lang = "zh",
    *,
    row_limit: int = ROW_LIMIT,
) -> None:
    """Write the workbook, row by row: nothing of it but the row at hand is kept in memory.

    Args:
        target: Where to. A path is replaced only by a workbook that is whole; temporary files stand beside it.
        summary: What the results come to.
        results: Gives the results again (their JSON mappings) in their order, for the rectification list.
        errors: What could not be assessed.
        lang: The language of the workbook's own words.
        row_limit: The rows that a sheet can have; a list that is longer goes on in a further one.

    Raises:
        OSError: It cannot be written; what stood there before still does.
    """
    words = Words(summary, lang)
    with book(target, words.say("title.book"), summary.newest) as made:
        draw_overview(made, words, len(errors))
        draw_ranking(made, words, row_limit)
        draw_dimensions(made, words)
        draw_rule_list(made, words, row_limit)
        draw_rectification(made, words, results, row_limit)
        draw_unscored(made, words, row_limit)
        draw_errors(made, words, errors, row_limit)
