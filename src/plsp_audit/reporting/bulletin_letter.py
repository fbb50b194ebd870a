"""A circular put into words: everything that stands on its pages."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from plsp_audit.model.bulletin import BulletinFacts
from plsp_audit.model.bulletin_layout import Layout
from plsp_audit.model.bulletin_letter import Letter, LetterHead
from plsp_audit.model.catalogue import Lang
from plsp_audit.reporting.bulletin_tables import attachments
from plsp_audit.reporting.bulletin_text import body
from plsp_audit.reporting.bulletin_title import title_lines
from plsp_audit.reporting.bulletin_words import Words

_POINT = Fraction(254, 720)
_TITLE_BREAK = re.compile("[|｜\n]")


def compose(
    facts: BulletinFacts, head: LetterHead, layout: Layout, lang: Lang = "zh", *, list_sites: bool = False
) -> Letter:
    """Put a circular into words.

    Args:
        facts: What it states.
        head: What the office says of it.
        layout: How it is laid out: it decides how long a line of the title is.
        lang: The language of the sentences; names and titles stay as they are.
        list_sites: Whether every site is listed in an attachment. A county's circular always has it.
    """
    suffix = layout.head.suffix
    head = replace(head, issuer=head.issuer.removesuffix(suffix) or head.issuer)
    words = Words(facts, head, lang)
    issuer = words.text(head.issuer)
    most = int((layout.paper.width - layout.paper.left - layout.paper.right) / (layout.sizes.title * _POINT))
    to = words.text(head.to, 500).rstrip("：: ") or words.whom
    return Letter(
        lang=lang,
        mark=words.say("letter.mark", issuer=issuer, suffix=suffix if lang == "zh" else ""),
        number=head.number,
        approver_label=words.say("letter.approver"),
        approver=words.text(head.approver),
        top=tuple(words.text(line) for line in (head.copy_no, head.secrecy, head.urgency) if line),
        title=_given_title(words, head.title, most) or title_lines(_title(words, issuer), most, lang),
        to=words.say("letter.to", whom=to),
        body=body(words),
        attachments=attachments(words, list_sites=list_sites or facts.level == "county"),
        attachments_label=words.say("letter.attachments"),
        signature=issuer,
        date=words.date(head.date) if head.date else words.say("letter.no_date"),
        date_iso=head.date,
        note=words.say("letter.note", text=words.text(head.note).strip("（）")) if head.note else "",
        cc_label=words.say("letter.cc"),
        cc=words.text(head.cc, 500).rstrip("。. ") + words.say("letter.cc_end") if head.cc else "",
        printed_by=words.text(head.printed_by) or issuer,
        printed_on=words.say("letter.printed", date=_printed(words, head)),
    )


def _given_title(words: Words, title: str, most: int) -> tuple[str, ...]:
    """Give the lines of a title that the office wrote itself: broken where it says, else where they hold it."""
    lines = tuple(filter(None, map(words.text, _TITLE_BREAK.split(title))))
    return lines if len(lines) > 1 else title_lines(lines, most, words.lang) if lines else ()


def _printed(words: Words, head: LetterHead) -> str:
    day = head.printed_on or head.date
    return words.date(day) if day else words.say("letter.no_date")


def _title(words: Words, issuer: str) -> list[str]:
    facts = words.facts
    first, last = facts.whole.first[:4], facts.whole.last[:4]
    year = words.say("title.year", year=last) if first == last else words.say("title.years", first=first, last=last)
    tiers = facts.tiers
    subject = words.tier(tiers[0]) if len(tiers) == 1 else words.say("title.subject")
    before, found, after = subject.partition("公共法律服务")
    pieces = [before, found + after] if before and after else [subject]
    return [issuer, words.say("title.about", year=year), *pieces, words.say("title.end", event=words.event)]
