"""A rectification notice (整改通知书) in words: a letter to the inspected site, and the receipt that comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from plsp_audit.analysis.rectify import SiteList
from plsp_audit.model.bulletin_letter import Letter, Passage
from plsp_audit.model.bulletin_number import document_number, is_document_number
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.notice_list import named_findings, notice_list
from plsp_audit.reporting.rectify_view import FindingLine, Sources, finding_line, source_title
from plsp_audit.reporting.wording import clean, day, listed, number, quoted

_COUNTER = re.compile(r"\{(?:n(?::0(\d))?)?\}")
_MOST_NAMED = 12
_MOST_DAYS = 3
"""Of more deadlines than these the letter tells the first and the last; the attached list has them all."""
_MOST_TOLD = 3
"""So many findings are named in the letter itself; the attached list has them all."""


@dataclass(frozen=True, slots=True)
class NoticeHead:
    """What the office says of its notices. Empty texts leave room to write them in.

    Attributes:
        issuer: The issuing organ.
        number: The document number; `{n}` in it counts the notices, `{n:03}` with leading zeros.
        date: The date of issue, ISO; `report_by` by when rectification is to be reported.
        contact: Whom to ask; `phone` under which number.
    """

    issuer: str = ""
    number: str = ""
    date: str = ""
    report_by: str = ""
    contact: str = ""
    phone: str = ""

    @property
    def counts(self) -> bool:
        """Whether the number counts the notices."""
        return _COUNTER.search(self.number) is not None

    def issued(self, count: int) -> NoticeHead:
        """Give the head of the notice that is issued as number `count`."""
        text = _COUNTER.sub(lambda match: f"{count:0{match[1] or 1}d}", self.number)
        return replace(self, number=document_number(text) if is_document_number(text) else text)


class Field(NamedTuple):
    """A line of the receipt: what is asked, what is known of it, and its height in millimetres."""

    label: str
    value: str
    height: float = 14


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice, ready to be laid out.

    Attributes:
        letter: The notice itself, with the list of what is to be rectified attached.
        receipt: The lines of the receipt (送达回证), on a page of its own.
        receipt_title: Its title; `receipt_note` stands below it.
    """

    letter: Letter
    receipt: tuple[Field, ...]
    receipt_title: str
    receipt_note: str


def notice_view(site: SiteList, head: NoticeHead, sources: Sources, lang: Lang = "zh") -> NoticeView:
    """Put a site's list into a notice.

    Args:
        site: What the site has to rectify; it has at least one finding.
        head: What the office says of it.
        sources: The titles of the standards' sources.
        lang: The language of the notice's own words.
    """
    words = _Words(site, head, sources, lang)
    note = words.say("contact", name=head.contact or words.blank, phone=head.phone or words.blank)
    issuer = clean(head.issuer, lang, 100)
    letter = Letter(
        lang=lang,
        mark=issuer,
        number=clean(head.number, lang, 100) or words.say("no_number"),
        approver_label="",
        approver="",
        top=(),
        title=(words.say("title"),),
        to=words.say("to", name=words.name),
        body=tuple(words.body()),
        attachments=(notice_list(site, words.lines, sources, lang),),
        attachments_label=say("bulletin.letter.attachments", lang),
        signature=issuer or words.say("no_issuer"),
        date=day(head.date, lang) or words.say("no_date"),
        date_iso=head.date or site.inspection.date,
        note=note,
        cc_label="",
        cc="",
        printed_by="",
        printed_on="",
    )
    title = words.say("receipt.title")
    return NoticeView(letter, tuple(words.receipt(letter)), title, words.say("receipt.note", issuer=words.office))


class _Words:
    """The words of one notice."""

    def __init__(self, site: SiteList, head: NoticeHead, sources: Sources, lang: Lang) -> None:
        self.site, self.head, self.lang = site, head, lang
        self.sources = sources
        self.name = clean(site.site.name, lang, 200)
        self.office = clean(head.issuer, lang, 100) or self.say("office")
        self.blank = self.say("blank")
        self.lines = [finding_line(f, site, sources, lang, numbered=True) for f in site.findings]

    def say(self, key: str, **params: object) -> str:
        return say(f"rectify.notice.{key}", self.lang, **params)

    def body(self) -> Iterator[Passage]:
        yield Passage(self._opening())
        yield Passage(self.say("heading.facts"), heading=True)
        yield Passage(self._facts())
        yield Passage(self.say("heading.demands"), heading=True)
        yield Passage(self._demands())
        yield Passage(self.say("heading.report"), heading=True)
        yield Passage(self._report())
        if self.site.unchecked:
            yield Passage(self.say("heading.unchecked"), heading=True)
            yield Passage(self._unchecked())
        yield Passage(self.say("closing"))

    def _opening(self) -> str:
        info, lang = self.site.inspection, self.lang
        names = clean(listed(info.inspectors, lang), lang, 300)
        who = clean(info.team, lang, 100) or self.say("team")
        if names:
            who = self.say("team_names", team=who, names=names)
        how = clean(listed(info.methods, lang), lang, 200)
        veto = sum(line.priority == "veto" for line in self.lines)
        points = sum((finding.gain for finding in self.site.findings), Fraction(0))
        return "".join((
            self.say("opening", date=day(info.date, lang), who=who, kind=say(f"label.kind.{info.kind}", lang),
                     standard=source_title(clean(self.site.standard_title, lang, 200), lang)),
            self.say("methods", methods=how) if how else "",
            self._outcome(),
            self.say("found", count=len(self.lines), points=number(points)),
            self.say("found_veto", count=veto) if veto else "",
            self.say("found_end"),
        ))  # fmt: skip

    def _outcome(self) -> str:
        if self.site.score is None:
            return self.say("outcome_none")
        score, grade = self.site.score
        return self.say("outcome", score=number(score), grade=quoted(clean(grade, self.lang, 60), self.lang))

    def _facts(self) -> str:
        """Say how many findings of which kind there are, and name the weightiest."""
        lang, lines = self.lang, self.lines
        vetoes = [line for line in lines if line.priority == "veto"]
        others = [line for line in lines if line.priority != "veto"]
        kinds = {kind: sum(line.priority == kind for line in lines) for kind in ("veto", "required", "recommended")}
        told = [self.say("kind", kind=say(f"label.priority.{kind}", lang), count=n) for kind, n in kinds.items() if n]
        text = self.say("facts", count=len(lines), kinds=listed(told, lang)) if len(told) > 1 else ""
        if vetoes:
            text += self.say("facts_veto", items=listed([self._named(line) for line in vetoes], lang))
        if others:
            items, more = named_findings(others, _MOST_TOLD, self._named, lang)
            text += self.say("facts_most" if more else "facts_rest" if vetoes else "facts_all", items=items)
        return text

    def _named(self, line: FindingLine) -> str:
        title = quoted((line.title or line.rule).rstrip("。.；;"), self.lang)
        return self.say("item", no=self.lines.index(line) + 1, title=title, points=number(line.gain))

    def _demands(self) -> str:
        by_day: dict[date | None, list[int]] = {}
        for number_, finding in enumerate(self.site.findings, start=1):
            by_day.setdefault(finding.entry.due, []).append(number_)
        days = sorted(by_day, key=lambda due: (due is None, due or date.min))
        if days[0] is not None and len(days) > _MOST_DAYS:
            first, last = days[0], next(due for due in reversed(days) if due is not None)
            days = [due for due in days if due in (first, last, None)]
        said = [
            self.say("by_day", date=day(due.isoformat(), self.lang), items=_spans(by_day[due], self.lang)) if due
            else self.say("no_day", items=_spans(by_day[due], self.lang))
            for due in days
        ]  # fmt: skip
        veto = self.say("veto_first") if any(line.priority == "veto" for line in self.lines) else ""
        end = self.say("rest_days" if len(days) < len(by_day) else "stop")
        return self.say("demands") + veto + self.say("between").join(said) + end

    def _report(self) -> str:
        by = self.head.report_by
        said = self.say("report", office=self.office)
        said += self.say("report_by", date=day(by, self.lang)) if by else ""
        return said + self.say("report_end", office=self.office)

    def _unchecked(self) -> str:
        titles = [clean(item.title, self.lang, 100) for item in self.site.unchecked]
        shown = listed(titles[:_MOST_NAMED], self.lang)
        more = self.say("unchecked_more") if len(titles) > _MOST_NAMED else ""
        return self.say("unchecked", count=len(titles), titles=shown + more)

    def receipt(self, letter: Letter) -> Iterator[Field]:
        """Give the lines of the receipt; what the office does not know beforehand is left to write in."""
        blank_number = letter.number if self.head.number else self.say("no_number")
        yield Field(self.say("receipt.document"), self.say("receipt.named", number=blank_number))
        yield Field(self.say("receipt.unit"), self.name)
        yield Field(self.say("receipt.place"), "")
        yield Field(self.say("receipt.way"), self.say("receipt.ways"))
        yield Field(self.say("receipt.sender"), "")
        yield Field(self.say("receipt.receiver"), self.say("receipt.date"), 26)
        yield Field(self.say("receipt.instead"), self.say("receipt.date"), 26)
        yield Field(self.say("receipt.remark"), "", 22)


def _spans(numbers: list[int], lang: Lang) -> str:
    """Write ascending numbers, three and more in a row as a span: 4、9—16."""
    spans: list[list[int]] = []
    for one in numbers:
        if spans and one == spans[-1][-1] + 1:
            spans[-1].append(one)
        else:
            spans.append([one])
    dash = "—" if lang == "zh" else "–"
    told = [[f"{s[0]}{dash}{s[-1]}"] if len(s) > 2 else [str(one) for one in s] for s in spans]
    return listed([text for texts in told for text in texts], lang)
