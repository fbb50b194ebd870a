"""A site's files written into a folder: whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plsp_audit.batch.desk import Scored
from plsp_audit.model.catalogue import Lang, say

if TYPE_CHECKING:
    from plsp_audit.reporting.fonts import FontChoice
    from plsp_audit.reporting.photos import Photo
    from plsp_audit.reporting.view import SiteReportView

FORMATS: Final = ("pdf", "xlsx", "html", "docx", "json")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file through a temporary one beside it, so that nobody ever sees half of it.

    Raises:
        OSError: It cannot be written; what stood there before still does.
    """
    handle, name = tempfile.mkstemp(prefix=".plsp-", suffix=path.suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


_WHY: Final = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "too_large",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "long_name",
    errno.EEXIST: "file_in_the_way",
    errno.ENOTDIR: "file_in_the_way",
    errno.EISDIR: "folder_in_the_way",
}


def why(error: OSError, lang: Lang) -> str:
    """Say in the user's language why something could not be written."""
    code = _WHY.get(error.errno or 0)
    return say(f"cli.why_{code}", lang) if code is not None else error.strerror or str(error)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class Writer:
    """Writes each site's files as `<site id>.<format>`.

    Args:
        folder: Where to; made when it is not there.
        formats: Which of `FORMATS`.
        lang: The language of the files.
        templates: Folders whose templates come before the shipped ones.
        fonts: `bundled` or `system`.
    """

    def __init__(self, folder: Path, formats: Sequence[str], lang: Lang, templates: Sequence[Path] = (),
                 fonts: FontChoice = "bundled") -> None:
        self.folder = folder
        self.formats = formats
        self.lang = lang
        self.templates = templates
        self.fonts = fonts
        self._written: dict[str, Path] = {}

    def write(self, scored: Scored, source: Path, tell: Callable[[str], None], suffix: str = "") -> bool:
        """Write one site's files; what cannot be written is said, and the rest goes on.

        Args:
            scored: The site.
            source: Its inspection file.
            tell: Says what happened.
            suffix: Stands after the site's id, where it has several results.

        Returns:
            Whether every file was written.
        """
        sid = scored.result.site.id + suffix
        # Windows and macOS take names that differ in case or in how an accent is written for the same file.
        first = self._written.setdefault(unicodedata.normalize("NFC", sid).casefold(), source)
        if first.resolve() != source.resolve():
            tell(say("cli.same_site", self.lang, id=sid, first=str(first), second=str(source)))
            return False
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            tell(say("cli.no_folder", self.lang, folder=str(self.folder), fault=why(error, self.lang)))
            return False
        done = []
        site = _Site(scored, source.parent, self.lang)
        for name in self.formats:
            target = self.folder / f"{sid}.{name}"
            try:
                content = self._render(name, site, tell)
                if content is None:
                    continue
                write_whole(target, content)
                done.append(str(target))
            except OSError as error:
                tell(say("cli.not_written", self.lang, file=str(target), fault=why(error, self.lang)))
        if done:
            tell(say("cli.written", self.lang, files="  ".join(done)))
        return len(done) == len(self.formats)

    def _render(self, name: str, site: _Site, tell: Callable[[str], None]) -> bytes | None:
        """Give the file's bytes; None, after saying why, where this machine cannot make it."""
        from plsp_audit.reporting.photos import PRINT_PIXELS, SCREEN_PIXELS

        if name == "json":
            from plsp_audit.reporting.json_file import render_json

            return render_json(site.result)
        if name == "xlsx":
            from plsp_audit.reporting.xlsx import render_xlsx

            try:
                return render_xlsx(site.result, site.standard, lang=self.lang)
            except Exception as error:
                # Sheets are drafted in a temporary file; where that disk is full, the XML library says it its own way.
                if type(error).__name__ != "SerialisationError":
                    raise
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        if name == "html":
            from plsp_audit.reporting.html import render_html

            return render_html(site.view, site.photos(SCREEN_PIXELS), templates=self.templates).encode("utf-8")
        if name == "docx":
            from plsp_audit.reporting.docx import render_docx

            return render_docx(site.view, site.photos(PRINT_PIXELS))
        from plsp_audit.reporting.pdf import PangoMissing, render_pdf

        photos = site.photos(PRINT_PIXELS)
        try:
            return render_pdf(site.view, photos, templates=self.templates, fonts=self.fonts, warn=tell)
        except PangoMissing as error:
            tell(str(error))
            return None


class _Site:
    """A site while its files are drawn: what several of them show is made once."""

    def __init__(self, scored: Scored, folder: Path, lang: Lang) -> None:
        self.result = scored.result
        self.standard = scored.standard
        self._folder = folder
        self._lang = lang
        self._photos: dict[int, Mapping[str, Photo]] = {}

    @cached_property
    def view(self) -> SiteReportView:
        """The report's words."""
        from plsp_audit.reporting.view import site_view

        return site_view(self.result, self.standard, self._lang)

    def photos(self, pixels: int) -> Mapping[str, Photo]:
        """Give the photos, their longest side at most `pixels`."""
        from plsp_audit.reporting.photos import load_photos

        if pixels not in self._photos:
            self._photos[pixels] = load_photos(self._folder, [e.key for e in self.view.evidence if e.photo], pixels)
        return self._photos[pixels]
