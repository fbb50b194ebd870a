"""A circular's files: Word, PDF, and JSON with everything it says and states."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plsp_audit.batch.files import why, write_whole
from plsp_audit.model.bulletin import BulletinFacts
from plsp_audit.model.bulletin_layout import Layout
from plsp_audit.model.bulletin_letter import LetterHead
from plsp_audit.model.catalogue import Lang, say

if TYPE_CHECKING:
    from plsp_audit.reporting.bulletin_measures import ClosingPlace
    from plsp_audit.reporting.fonts import FontChoice

FORMATS: Final = ("docx", "pdf", "json")


@dataclass(frozen=True, slots=True)
class Issue:
    """A circular that is to be issued: what it states, what the office says of it, how it is laid out."""

    facts: BulletinFacts
    head: LetterHead
    layout: Layout
    lang: Lang
    list_sites: bool = False
    templates: Sequence[Path] = ()
    fonts: FontChoice = "bundled"


def json_line(issue: Issue) -> str:
    """Give what the circular says and states as one line of JSON."""
    from plsp_audit.reporting.bulletin_json import as_json
    from plsp_audit.reporting.bulletin_letter import compose

    letter = compose(issue.facts, issue.head, issue.layout, issue.lang, list_sites=issue.list_sites)
    return json.dumps(as_json(letter, issue.facts), ensure_ascii=False, separators=(",", ":"))


def write_bulletin(issue: Issue, folder: Path, formats: Sequence[str], tell: Callable[[str], None]) -> bool:
    """Write the files of a circular; what cannot be written is said, and the rest goes on.

    Args:
        issue: The circular.
        folder: Where to; made when it is not there.
        formats: Which of `FORMATS`.
        tell: Says what happened.

    Returns:
        Whether every file was written.
    """
    lang = issue.lang
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        tell(say("cli.no_folder", lang, folder=str(folder), fault=why(error, lang)))
        return False
    made = _made(issue, formats, tell)
    done = []
    for name, content in made.items():
        target = folder / f"{_file_name(issue)}.{name}"
        try:
            write_whole(target, content)
            done.append(str(target))
        except OSError as error:
            tell(say("cli.not_written", lang, file=str(target), fault=why(error, lang)))
    if done:
        tell(say("cli.written", lang, files="  ".join(done)))
    return len(done) == len(formats)


def _file_name(issue: Issue) -> str:
    """Give the name of the files, by the area: 银川市通报."""
    place = next((name for name in reversed(issue.facts.place) if name), "")
    plain = "".join(char for char in place if char.isalnum())[:60]
    key = "bulletin.screen.file_of" if plain else "bulletin.screen.file"
    return say(key, issue.lang, place=plain) if plain else say(key, issue.lang)


def _made(issue: Issue, formats: Sequence[str], tell: Callable[[str], None]) -> dict[str, bytes]:
    """Give the files' bytes; what this machine cannot make is said and left out."""
    from plsp_audit.reporting.bulletin_docx import render_bulletin_docx
    from plsp_audit.reporting.bulletin_json import render_bulletin_json
    from plsp_audit.reporting.bulletin_letter import compose
    from plsp_audit.reporting.bulletin_pdf import closing_place, render_bulletin_pdf
    from plsp_audit.reporting.pango import PangoMissing

    letter = compose(issue.facts, issue.head, issue.layout, issue.lang, list_sites=issue.list_sites)
    made: dict[str, bytes] = {}
    if "json" in formats:
        made["json"] = render_bulletin_json(letter, issue.facts)
    place: ClosingPlace = "same"
    missing = None
    try:
        if "docx" in formats or "pdf" in formats:
            place = closing_place(letter, issue.layout, templates=issue.templates, fonts=issue.fonts)
    except PangoMissing as error:
        missing = str(error)
    if "docx" in formats:
        made["docx"] = render_bulletin_docx(letter, issue.layout, place)
    if "pdf" in formats and missing is None:
        made["pdf"] = render_bulletin_pdf(letter, issue.layout, place, templates=issue.templates, fonts=issue.fonts,
                                          warn=tell)  # fmt: skip
    elif "pdf" in formats:
        tell(missing or "")
    return {name: made[name] for name in formats if name in made}
