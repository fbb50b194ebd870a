"""The second half of a batch: what the results come to, read from them once more. Every file is whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from plsp_audit.analysis.rollup import RollUp
from plsp_audit.batch.desk import TOOL, Desk
from plsp_audit.batch.files import write_whole
from plsp_audit.batch.journal import RESULTS, Entry
from plsp_audit.batch.order import Ending, Order
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.rollup import ErrorRow, Summary

SUMMARY: Final = "summary.xlsx"
DASHBOARD: Final = "dashboard.html"
ERRORS: Final = "errors.csv"
MANIFEST: Final = "manifest.json"
PASSES: Final = 3
"""How often the results are gone through."""

Step: TypeAlias = Callable[[], None]


def results_of(path: Path, step: Step) -> Iterator[dict[str, Any]]:
    """Go through a results file; `step` is called after every result."""
    with path.open("rb") as file:
        for line in file:
            yield json.loads(line)
            step()


def rolled_up(
    out: Path, desk: Desk, standards: Sequence[tuple[str, str]], order: Order, step: Step
) -> Summary:
    """Roll the results up.

    Args:
        out: The folder of the results.
        desk: Where standards are found.
        standards: The standards of the results, by id and digest.
        order: What is asked for.
        step: Called after every result.
    """
    known = {}
    for name, digest in standards:
        standard = desk.standard(name).standard
        if standard.digest == digest:
            known[digest] = standard
    roll = RollUp(known, order.sampled)
    for result in results_of(out / RESULTS, step):
        roll.add(result)
    return roll.finish()


def write_summary_book(out: Path, summary: Summary, errors: Sequence[ErrorRow], lang: Lang, step: Step) -> None:
    """Write summary.xlsx.

    Raises:
        OSError: It cannot be written.
    """
    from plsp_audit.reporting.summary_xlsx import write_summary

    write_summary(out / SUMMARY, summary, lambda: results_of(out / RESULTS, step), errors, lang)


def write_dashboard(out: Path, summary: Summary, order: Order, step: Step) -> None:
    """Write dashboard.html.

    Raises:
        OSError: It cannot be written.
    """
    from plsp_audit.reporting.dashboard import render_dashboard

    results = results_of(out / RESULTS, step)
    page = render_dashboard(summary, results, order.settings.lang, templates=order.templates)
    write_whole(out / DASHBOARD, page)


def write_manifest(
    out: Path, entries: Iterator[Entry], standards: Sequence[Mapping[str, str]], summary: Summary, order: Order,
    ending: Ending,
) -> None:  # fmt: skip
    """Write manifest.json: what went in, by its hashes, under which standards, and what came out. No time of day.

    Raises:
        OSError: It cannot be written.
    """
    head = {
        "plsp": "manifest/1",
        "tool": TOOL,
        "options": {
            "standard": order.settings.standard,
            "lang": order.settings.lang,
            "sampled": dict(sorted(order.sampled.items())),
        },
        "standards": list(standards),
        "counts": {
            "sites": summary.sites, "rated": summary.rated, "not_rated": summary.not_rated,
            "no_score": summary.no_score, "inspections": ending.sites, "superseded": len(summary.superseded),
            "failed": ending.failed,
        },
        "outputs": [{"file": name, "sha256": _hash(out / name)} for name in (RESULTS, SUMMARY, DASHBOARD, ERRORS)
                    if (out / name).is_file()],
    }  # fmt: skip
    text = json.dumps(head, ensure_ascii=False, indent=2)
    lines = [text[: text.rindex("\n}")], ',\n  "inputs": [']
    temporary = out / f".plsp-{MANIFEST}"
    try:
        with temporary.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write("".join(lines))
            for number, item in enumerate(_inputs(entries)):
                file.write(("," if number else "") + "\n    " + json.dumps(item, ensure_ascii=False))
            file.write("\n  ]\n}\n")
        os.replace(temporary, out / MANIFEST)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _inputs(entries: Iterator[Entry]) -> Iterator[dict[str, Any]]:
    """Give every file with its hash, how many sites came of it, and how many of its sites failed."""
    item: dict[str, Any] | None = None
    for entry in entries:
        if item is None or item["file"] != entry.file:
            if item is not None:
                yield item
            item = {"file": entry.file, "sha256": entry.read or None, "sites": 0, "failed": 0}
        item["sites" if entry.length else "failed"] += 1
    if item is not None:
        yield item


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
