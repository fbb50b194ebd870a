"""A site's files written into a folder: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from plsp_audit.batch.desk import Scored
from plsp_audit.model.catalogue import Lang, say

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
                 fonts: str = "bundled") -> None:
        self.folder = folder
        self.formats = formats
        self.lang = lang
        self.templates = templates
        self.fonts = fonts
        self._written: dict[str, str] = {}

    def write(self, scored: Scored, source: Path, tell: Callable[[str], None]) -> bool:
        """Write one site's files; what cannot be written is said, and the rest goes on.

        Returns:
            Whether every file was written.
        """
        sid = scored.result.site.id
        first = self._written.setdefault(sid.casefold(), str(source))
        if first != str(source):
            tell(say("cli.same_site", self.lang, id=sid, first=first, second=str(source)))
            return False
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            tell(say("cli.no_folder", self.lang, folder=str(self.folder), fault=error.strerror or ""))
            return False
        done = []
        for name in self.formats:
            target = self.folder / f"{sid}.{name}"
            try:
                content = self._render(name, scored, source.parent, tell)
                if content is None:
                    continue
                write_whole(target, content)
                done.append(str(target))
            except OSError as error:
                tell(say("cli.not_written", self.lang, file=str(target), fault=error.strerror or ""))
        if done:
            tell(say("cli.written", self.lang, files="  ".join(done)))
        return len(done) == len(self.formats)

    def _render(self, name: str, scored: Scored, folder: Path, tell: Callable[[str], None]) -> bytes | None:
        """Give the file's bytes; None, after saying why, where this machine cannot make it."""
        from plsp_audit.reporting.view import site_view

        result, standard = scored.result, scored.standard
        if name == "json":
            from plsp_audit.reporting.json_file import render_json

            return render_json(result)
        if name == "xlsx":
            from plsp_audit.reporting.xlsx import render_xlsx

            return render_xlsx(result, standard, lang=self.lang)
        view = site_view(result, standard, self.lang)
        from plsp_audit.reporting.photos import load_photos

        photos = load_photos(folder, scored.evidence)
        if name == "html":
            from plsp_audit.reporting.html import render_html

            return render_html(view, photos, templates=self.templates).encode("utf-8")
        if name == "docx":
            from plsp_audit.reporting.docx import render_docx

            return render_docx(view, photos)
        from plsp_audit.reporting.pdf import PangoMissing, render_pdf

        def warn(text: str) -> None:
            tell(text)

        try:
            return render_pdf(view, photos, templates=self.templates, fonts=self.fonts, warn=warn)  # type: ignore[arg-type]
        except PangoMissing as error:
            tell(str(error))
            return None
