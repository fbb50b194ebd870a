"""Numbers, dates and free text as a report prints them."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, known, say

LONGEST_TEXT = 2000
"""Characters of one text that a report prints; a longer one is cut, and says so."""

NOTHING = "—"

_CHINESE = "零一二三四五六七八九十"
_MOST_MARKS = 2
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_ORDINARY = re.compile("[\n -~\u4e00-\u9fff、。《》【】，；：！？（）“”‘’…—·㎡％]*")
"""Text of these signs alone, as nearly all is, holds nothing that must be taken out."""
INNER_QUOTES = str.maketrans({"“": "‘", "”": "’"})
"""What quotation marks become within quotation marks."""

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def clean(text: str | None, lang: Lang = "zh", limit: int = LONGEST_TEXT) -> str:
    """Make text from a file safe to lay out: no control characters, no towers of marks, not endless.

    Args:
        text: What the file says; None counts as empty.
        lang: The language of the note that a text was cut.
        limit: The most characters to keep.
    """
    if not text:
        return ""
    head = text[: 4 * limit]
    result = _LINES.sub("\n", _BLANKS.sub(" ", head if _ORDINARY.fullmatch(head) else _safe(head))).strip()
    if len(result) <= limit and len(text) <= 4 * limit:
        return result
    return result[:limit] + say("report.text.cut", lang, count=len(text))


def _safe(text: str) -> str:
    """Take out of a text, sign by sign, what cannot be laid out."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MOST_MARKS or category == "Cf":
            continue
        if category in ("Cc", "Zl", "Zp"):
            char = "\n" if char in "\n\u2028\u2029" else " "
        kept.append("□" if category in ("Cs", "Co", "Cn") else char)
    return "".join(kept)


def number(value: Fraction | None) -> str:
    """Write a number on paper: to 2 decimals, half up, without trailing zeros; a dash for none."""
    return NOTHING if value is None else number_text(value, 2)


def signed(value: Fraction) -> str:
    """Write a difference with its sign: `+1.5`, `-2`, `0`."""
    text = number_text(value, 2)
    return f"+{text}" if value > 0 and text != "0" else text


def percent(value: Fraction | None) -> str:
    """Write a rate of 0 to 1 as a percentage to 2 decimals; a dash for none."""
    return NOTHING if value is None else number_text(value * 100, 2) + "%"


def span(low: Fraction, high: Fraction) -> str:
    """Write bounds as `2 ~ 6`, or nothing where they meet."""
    return "" if low == high else f"{number(low)} ~ {number(high)}"


def day(text: str | None, lang: Lang) -> str:
    """Write an ISO date as its readers do: `2018年10月23日`; any other text stays."""
    match = _ISO_DATE.fullmatch(text or "")
    if match is None or lang == "en":
        return clean(text, lang, 40)
    year, month, date = match.groups()
    return f"{year}年{int(month)}月" + (f"{int(date)}日" if date else "")


def label(key: str, lang: Lang, otherwise: str) -> str:
    """Give the catalogue's label, or the word itself where a standard uses one of its own."""
    return say(f"label.{key}", lang) if known(f"label.{key}", lang) else clean(otherwise, lang, 100)


@lru_cache(maxsize=64)
def priority_word(priority: str, penalty: bool, lang: Lang) -> str:
    """Give the word for how urgent a defect is; a rule that takes points off is called so, unless it is a veto."""
    key = "level.penalty" if penalty and priority != "veto" else f"priority.{priority}"
    return label(key, lang, priority)


def listed(items: list[str], lang: Lang) -> str:
    """Join items as a list within a sentence."""
    return ("、" if lang == "zh" else ", ").join(items)


def quoted(text: str, lang: Lang) -> str:
    """Put a title in quotation marks, those within it turned into inner ones; the curly ones are full-width."""
    return f"“{text.translate(INNER_QUOTES)}”" if lang == "zh" else f'"{text}"'


def ordinal(number: int, lang: Lang) -> str:
    """Give what stands before the heading of section `number`, up to 99: `十二、`."""
    if lang == "en":
        return f"{number}. "
    tens, ones = divmod(number, 10)
    return (_CHINESE[number] if number <= 10 else f"{'' if tens == 1 else _CHINESE[tens]}十{_CHINESE[ones]}") + "、"
