"""What Word and PDF share of a circular: the note of its attachments, and what stands over each."""

from __future__ import annotations

from typing import NamedTuple

from plsp_audit.model.bulletin_letter import Letter
from plsp_audit.model.catalogue import say


class Attached(NamedTuple):
    """A line of the note of attachments; the number is left out where there is only one."""

    no: str
    title: str


def attached(letter: Letter) -> list[Attached]:
    """Give the lines of the note."""
    several = len(letter.attachments) > 1
    return [Attached(say("bulletin.letter.listed", letter.lang, no=number, title="") if several else "", one.title)
            for number, one in enumerate(letter.attachments, start=1)]  # fmt: skip


def labels(letter: Letter) -> list[str]:
    """Give what stands at the top left of each attachment: 附件1."""
    if len(letter.attachments) == 1:
        return [say("bulletin.letter.attachment", letter.lang)]
    return [say("bulletin.letter.attachment_no", letter.lang, no=number)
            for number in range(1, len(letter.attachments) + 1)]  # fmt: skip
