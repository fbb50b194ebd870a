"""The list that is attached to a rectification notice: every finding in a row, set small, on few pages.

A notice itself is a letter of a page or two; see `notice_view`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from plsp_audit.analysis.rectify import SiteList
from plsp_audit.loading.bulletin_layout import read_layout
from plsp_audit.model.bulletin_layout import Layout
from plsp_audit.model.bulletin_letter import Align, Attachment, Column, Grid
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.rectify_view import FindingLine, Sources, legend, site_group
from plsp_audit.reporting.wording import number

_SIZE: Final = Fraction(9)
"""Points: 小五, the usual size of a crowded table."""

_COLUMNS: Final[tuple[tuple[str, float, Align], ...]] = (
    ("no", 9, "center"), ("item", 30, "left"), ("problem", 63, "left"), ("remedy", 24, "left"),
    ("gain", 11, "center"), ("owner", 13, "center"), ("due", 19, "center"),
)  # fmt: skip
"""Their shares are millimetres where the owner has no column, and the page is that of official documents."""


def notice_layout(templates: Sequence[Path] = ()) -> Layout:
    """Give the page of a notice: that of official documents, with the attached table set small."""
    layout = read_layout(templates)
    return layout.model_copy(
        update={"sizes": layout.sizes.model_copy(update={"table": min(layout.sizes.table, _SIZE)})}
    )


def notice_list(site: SiteList, lines: Sequence[FindingLine], sources: Sources, lang: Lang) -> Attachment:
    """Give the list: an owner of all findings is named once above it.

    Args:
        site: What the site has to rectify.
        lines: The same in words.
        sources: The titles of the standards' sources.
        lang: The language of the list's own words.
    """
    owners = {line.owner for line in lines}
    shared = owners.pop() if len(owners) == 1 else ""
    shown = [one for one in _COLUMNS if one[0] != "owner" or not shared]
    columns = tuple(Column(say(f"rectify.notice.column.{key}", lang), share, align) for key, share, align in shown)
    rows = []
    for no, line in enumerate(lines, start=1):
        cells = _cells(no, line, lang)
        rows.append(tuple(cells[key] for key, _, _ in shown))
    notes = []
    if shared:
        notes.append(say("rectify.notice.owner_of_all", lang, name=shared))
    if named := legend(site_group(site), sources, lang):
        notes.append(say("rectify.note.sources", lang, sources=named))
    return Attachment(say("rectify.notice.list_title", lang), (Grid("", columns, tuple(rows)),), notes=tuple(notes))


def _cells(no: int, line: FindingLine, lang: Lang) -> dict[str, str]:
    item = line.item(lang)
    if line.priority == "veto":
        item += "\n" + line.priority_label
    due = line.due.isoformat() if line.due is not None else say("rectify.text.no_due", lang)
    return {"no": str(no), "item": item, "problem": line.brief(lang), "remedy": line.remedy,
            "gain": number(line.gain), "owner": line.owner, "due": due}  # fmt: skip


def named_findings(
    lines: Sequence[FindingLine], most: int, tell: Callable[[FindingLine], str], lang: Lang
) -> tuple[str, bool]:
    """Name the findings of most points, in the order of the list; and tell whether there are more.

    Args:
        lines: The findings.
        most: So many are named.
        tell: Words for one of them.
        lang: The language they are joined in.
    """
    heaviest = sorted(range(len(lines)), key=lambda at: (-lines[at].gain, at))[:most]
    return ("、" if lang == "zh" else "; ").join(tell(lines[at]) for at in sorted(heaviest)), len(lines) > most
