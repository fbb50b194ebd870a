"""The files of rectification lists: a ledger, a printed list or a notice for each, written whole or not at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plsp_audit.analysis.rectify import By, ListGroup
from plsp_audit.batch.files import why, write_whole
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.pango import PangoMissing

if TYPE_CHECKING:
    from plsp_audit.analysis.rectify_status import Status
    from plsp_audit.reporting.fonts import FontChoice
    from plsp_audit.reporting.notice_view import NoticeHead
    from plsp_audit.reporting.rectify_view import Sources

FORMATS: Final = ("xlsx", "docx", "pdf", "json")
BY: Final[tuple[By, ...]] = ("site", "county", "all")
_UNSAFE = frozenset('\\/:*?"<>|')
_LONGEST = 60


@dataclass(slots=True)
class RectifyWriter:
    """Writes the files of lists.

    Args:
        folder: Where to; made when it is not there.
        sources: The titles of the standards' sources.
        notice: What the office says of its notices.
        lang: The language of the files.
        tell: Says what happened.
        templates: Folders whose templates come before the shipped ones.
        fonts: `bundled` or `system`.

    Attributes:
        unwritten: Whether something could not be written.
    """

    folder: Path
    sources: Sources
    notice: NoticeHead
    lang: Lang
    tell: Callable[[str], None]
    templates: Sequence[Path] = ()
    fonts: FontChoice = "bundled"
    unwritten: bool = False
    _names: set[str] = field(default_factory=set)
    _issued: int = 0

    def write(self, group: ListGroup, formats: Sequence[str]) -> None:
        """Write the files of one list in `formats`; what cannot be written is said, and the rest goes on."""
        lang = self.lang
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.tell(say("cli.no_folder", lang, folder=str(self.folder), fault=why(error, lang)))
            self.unwritten = True
            return
        name, done = self._name(group), []
        self._issued += group.by == "site" and group.count > 0
        for form in formats:
            target = self.folder / self._file(group, name, form)
            try:
                if self._put(target, group, form):
                    done.append(str(target))
            except OSError as error:
                self.tell(say("cli.not_written", lang, file=str(target), fault=why(error, lang)))
                self.unwritten = True
            except PangoMissing as error:
                self.tell(str(error))
                self.unwritten = True
        if done:
            self.tell(say("cli.written", lang, files="  ".join(done)))

    def _file(self, group: ListGroup, name: str, form: str) -> str:
        notice = group.by == "site" and form in ("docx", "pdf")
        return f"{'notice' if notice else 'rectify'}-{name}.{form}"

    def _put(self, target: Path, group: ListGroup, form: str) -> bool:
        """Write one file; False where there is nothing to write it for."""
        if form == "xlsx":
            from plsp_audit.reporting.rectify_xlsx import write_ledger

            write_ledger(target, group, self.sources, self.lang)
            return True
        if form == "json":
            from plsp_audit.reporting.rectify_json import render_rectify_json

            write_whole(target, render_rectify_json(group))
            return True
        content = self._notice(group, form) if group.by == "site" else self._list(group, form)
        if content is None:
            return False
        write_whole(target, content)
        return True

    def _notice(self, group: ListGroup, form: str) -> bytes | None:
        from plsp_audit.reporting.notice_view import notice_view

        site = group.sites[0]
        if not site.findings:
            return None
        view = notice_view(site, self.notice.issued(self._issued), self.sources, self.lang)
        if form == "docx":
            from plsp_audit.reporting.notice_docx import render_notice_docx

            return render_notice_docx(view, self.templates)
        from plsp_audit.reporting.notice_pdf import render_notice_pdf

        return render_notice_pdf(view, templates=self.templates, fonts=self.fonts, warn=self.tell)

    def _list(self, group: ListGroup, form: str) -> bytes:
        if form == "docx":
            from plsp_audit.reporting.rectify_docx import render_list_docx

            return render_list_docx(group, self.sources, self.lang, self.templates)
        from plsp_audit.reporting.rectify_pdf import render_list_pdf

        return render_list_pdf(group, self.sources, self.lang, templates=self.templates, fonts=self.fonts,
                               warn=self.tell)  # fmt: skip

    def _name(self, group: ListGroup) -> str:
        """Give the name of a list's files, used once whatever the file system holds for the same."""
        wanted = _safe(group.key) or ("all" if group.by == "all" else "unnamed")
        name, number = wanted, 1
        while _folded(f"{group.by} {name}") in self._names:
            number += 1
            name = f"{wanted}-{group.sites[0].standard}" if group.by == "site" and number == 2 else f"{wanted}-{number}"
        self._names.add(_folded(f"{group.by} {name}"))
        return name


def _safe(name: str) -> str:
    kept = "".join(char for char in name if char.isprintable() and char not in _UNSAFE)
    return " ".join(kept.split()).strip(". ")[: _LONGEST * 2]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def write_status(folder: Path, found: Status, formats: Sequence[str], lang: Lang, tell: Callable[[str], None]) -> bool:
    """Write where rectification stands; give whether everything was written."""
    from plsp_audit.reporting.rectify_status_json import render_status_json
    from plsp_audit.reporting.rectify_status_xlsx import write_status_xlsx

    done = []
    for form in formats:
        target = folder / f"rectify-status.{form}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if form == "xlsx":
                write_status_xlsx(target, found, lang)
            else:
                write_whole(target, render_status_json(found, lang))
            done.append(str(target))
        except OSError as error:
            tell(say("cli.not_written", lang, file=str(target), fault=why(error, lang)))
    if done:
        tell(say("cli.written", lang, files="  ".join(done)))
    return len(done) == len(formats)
