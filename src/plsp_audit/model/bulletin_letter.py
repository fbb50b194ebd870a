"""A circular in words: what stands where on its pages. Renderers lay it out and add nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from plsp_audit.model.catalogue import Lang

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What the office says of the circular. Empty texts are left out.

    Attributes:
        issuer: The issuing organ (发文机关), as it signs.
        number: The document number, normalised.
        to: The main recipients (主送机关); empty takes those who fit the level.
        date: The date of issue (成文日期), ISO; empty leaves room to write it.
        title: The title; empty takes one made from what was inspected.
        copy_no: 份号; `secrecy` 密级, `urgency` 紧急程度, `approver` 签发人.
        note: 附注, without its brackets.
        cc: 抄送机关; `printed_by` 印发机关, `printed_on` 印发日期 (ISO).
        report_by: By when rectification is to be reported, ISO.
    """

    issuer: str
    number: str
    to: str = ""
    date: str = ""
    title: str = ""
    copy_no: str = ""
    secrecy: str = ""
    urgency: str = ""
    approver: str = ""
    note: str = ""
    cc: str = ""
    printed_by: str = ""
    printed_on: str = ""
    report_by: str = ""


class Passage(NamedTuple):
    """A heading of the first level (一、), or a paragraph; `lead` are its first words, set as one of the second."""

    text: str
    lead: str = ""
    heading: bool = False


class Column(NamedTuple):
    """A column of a table; `share` is its part of the width that the shares of all columns divide among them."""

    head: str
    share: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of an attachment. `whole` are the numbers of rows that are sums, set apart."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    whole: frozenset[int] = frozenset()


class Attachment(NamedTuple):
    """An attachment: its title, notes above its tables, the tables, and remarks below them."""

    title: str
    grids: tuple[Grid, ...]
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """The whole circular, ready to be set.

    Attributes:
        mark: The organ's mark at the top (发文机关标志); `number` stands below it.
        title: The title, line by line.
        signature: Who signs; `date` as it is written, or room for it.
        date_iso: The date for the properties of files; empty where none was given.
        top: What stands in the upper left corner, line by line.
    """

    lang: Lang
    mark: str
    number: str
    approver_label: str
    approver: str
    top: tuple[str, ...]
    title: tuple[str, ...]
    to: str
    body: tuple[Passage, ...]
    attachments: tuple[Attachment, ...]
    attachments_label: str
    signature: str
    date: str
    date_iso: str
    note: str
    cc_label: str
    cc: str
    printed_by: str
    printed_on: str

    @property
    def whole_title(self) -> str:
        """The title in one line."""
        return ("" if self.lang == "zh" else " ").join(self.title)
