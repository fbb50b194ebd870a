"""A recheck's files written into a folder: whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plsp_audit.batch.files import why, write_whole
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.recheck import Recheck, RecheckSummary
from plsp_audit.reporting.pango import PangoMissing
from plsp_audit.reporting.recheck_json import json_text, recheck_json, summary_json

if TYPE_CHECKING:
    from plsp_audit.reporting.fonts import FontChoice

FORMATS: Final = ("pdf", "xlsx", "json")
SUMMARY: Final = "recheck-summary"


class RecheckWriter:
    """Writes `<site id>-recheck.<format>`, and `recheck-summary.<format>` for many sites.

    Args:
        folder: Where to; made when it is not there.
        lang: The language of the files.
        templates: Folders whose templates come before the shipped ones.
        fonts: `bundled` or `system`.
        tell: Says what happened.
    """

    def __init__(
        self, folder: Path, lang: Lang, templates: Sequence[Path], fonts: FontChoice, tell: Callable[[str], None]
    ) -> None:
        self._folder, self._lang, self._tell = folder, lang, tell
        self._templates, self._fonts = templates, fonts

    def site(self, found: Recheck, formats: Sequence[str]) -> bool:
        """Write one site's files; tells whether every one was written."""
        return self._write(f"{found.after.result.site.id}-recheck", formats, lambda name: self._site(found, name))

    def summary(self, found: RecheckSummary, formats: Sequence[str]) -> bool:
        """Write the summary of many sites; tells whether every file was written."""
        return self._write(SUMMARY, formats, lambda name: self._summary(found, name))

    def _write(self, stem: str, formats: Sequence[str], render: Callable[[str], bytes]) -> bool:
        done = []
        for name in formats:
            target = self._folder / f"{stem}.{name}"
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                write_whole(target, render(name))
                done.append(str(target))
            except PangoMissing as error:
                self._tell(str(error))
            except OSError as error:
                self._tell(say("cli.not_written", self._lang, file=str(target), fault=why(error, self._lang)))
        if done:
            self._tell(say("cli.written", self._lang, files="  ".join(done)))
        return len(done) == len(formats)

    def _site(self, found: Recheck, name: str) -> bytes:
        if name == "json":
            return json_text(recheck_json(found))
        from plsp_audit.reporting.recheck_view import recheck_view

        view = recheck_view(found, self._lang)
        if name == "xlsx":
            from plsp_audit.reporting.recheck_xlsx import render_recheck_xlsx

            return render_recheck_xlsx(view)
        from plsp_audit.reporting.recheck_html import render_recheck_pdf

        return render_recheck_pdf(view, templates=self._templates, fonts=self._fonts, warn=self._tell)

    def _summary(self, found: RecheckSummary, name: str) -> bytes:
        if name == "json":
            return json_text(summary_json(found))
        from plsp_audit.reporting.recheck_summary_view import summary_view

        view = summary_view(found, self._lang)
        if name == "xlsx":
            from plsp_audit.reporting.recheck_summary_xlsx import render_summary_recheck_xlsx

            return render_summary_recheck_xlsx(view)
        from plsp_audit.reporting.recheck_html import render_summary_recheck_pdf

        return render_summary_recheck_pdf(view, templates=self._templates, fonts=self._fonts, warn=self._tell)
