"""The number of an official document (发文字号): 银司发〔2018〕12号."""

from __future__ import annotations

import re

from plsp_audit.model.problem import InputError, Problem
from plsp_audit.model.text import nfkc
from plsp_audit.model.values import shown

_NUMBER = re.compile(r"(?P<organ>[^\[\](){}<>\d]{1,30})[\[({<](?P<year>\d{4})[\])}>]第?(?P<no>\d{1,6})号?")
_BRACKETS = str.maketrans("〔〕【】〖〗〘〙［］「」『』〈〉《》", "[][][][][][][][][]")
_YEARS = range(1949, 2100)


def document_number(text: str) -> str:
    """Give a document number as GB/T 9704-2012 (7.2.5) writes it: six-angled brackets, no 第, no leading zeros, 号.

    Brackets of any kind, full-width forms and white space do not matter.

    Raises:
        InputError: It lacks the organ's code, the year in full, or the number.
    """
    plain = re.sub(r"\s+", "", nfkc(text)).translate(_BRACKETS)
    match = _NUMBER.fullmatch(plain)
    if match is None or int(match["year"]) not in _YEARS or not int(match["no"]):
        raise InputError([Problem("bulletin.problem.number", {"given": shown(text)})])
    return f"{match['organ']}〔{match['year']}〕{int(match['no'])}号"


def is_document_number(text: str) -> bool:
    """Tell whether a text can be read as a document number."""
    try:
        document_number(text)
    except InputError:
        return False
    return True
