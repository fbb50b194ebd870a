"""How a Word report looks: its named styles, which a bureau can change in one place, and its colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plsp_audit.model.catalogue import Lang, say

HEI, SONG, FANG = "黑体", "宋体", "仿宋"
LATIN = "Times New Roman"
ALSO_CALLED = {HEI: "SimHei", SONG: "SimSun", FANG: "FangSong"}

NORMAL, TITLE, SUBTITLE, HEADING, SMALL_HEADING, FOOTER = (
    "Normal", "Title", "Subtitle", "Heading1", "Heading2", "Footer",
)  # fmt: skip
CELL, HEAD, KEY, BIG, RANGE, VERDICT = "PlspCell", "PlspHead", "PlspKey", "PlspBig", "PlspRange", "PlspVerdict"
SUB, INK, HASH, SAID, ORIGIN, GAP = "PlspSub", "PlspInk", "PlspHash", "PlspSaid", "PlspOrigin", "PlspGap"
SIGN = "PlspSign"

BLACK, GREY = "111111", "555555"
LINES, HEAD_FILL, GROUP_FILL = "999999", "EDF0F3", "F5F6F8"
FULL, OPEN, TRACK, MARK = "4D6E93", "C3D2E2", "EEF1F4", "8A2F2F"
STATE_FILLS = {"fail": "F3DEDA", "partial": "F8EFDA", "not_checked": "E6EAEE"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; lengths are in points.

    Attributes:
        id: What paragraphs refer to it by.
        name: The format's own name of a built-in style; empty for ours, which the catalogue names.
        font: The Chinese font; `latin` is the one for letters and digits.
        line: The height of a line, in lines of the font.
        level: Its level in the outline, from 1; 0 for none.
        leading: The least height of a line, so that a line of digits is as tall as one of characters; 0 for none.
        hanging: How far all lines but the first are indented.
        breakable: Whether a line may end anywhere, also within a word.
    """

    id: str
    font: str
    size: float
    name: str = ""
    latin: str = LATIN
    color: str = BLACK
    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 1
    leading: float = 0
    level: int = 0
    keep: bool = False
    hanging: float = 0
    breakable: bool = False


_STYLES = (
    Style(NORMAL, FANG, 10.5, "Normal", before=2, after=2, line=1.25),
    Style(TITLE, HEI, 20, "Title", HEI, align="center", after=2, keep=True),
    Style(SUBTITLE, FANG, 14, "Subtitle", align="center", after=10, keep=True),
    Style(HEADING, HEI, 13, "heading 1", HEI, before=16, after=6, level=1, keep=True),
    Style(SMALL_HEADING, HEI, 10.5, "heading 2", HEI, before=8, after=4, level=2, keep=True),
    Style(FOOTER, HEI, 8, "footer", HEI, color=GREY),
    Style(CELL, SONG, 9, leading=12.6),
    Style(HEAD, HEI, 9, latin=HEI, align="center", leading=12.6),
    Style(KEY, HEI, 9, latin=HEI, color="444444", align="center", leading=12.6),
    Style(BIG, HEI, 20, latin=HEI, align="center", leading=30),
    Style(RANGE, HEI, 13, latin=HEI, align="center", leading=30),
    Style(VERDICT, HEI, 16, latin=HEI, before=2, after=4, keep=True),
    Style(SUB, SONG, 8, color=GREY, leading=11.2),
    Style(INK, SONG, 8, leading=11.2),
    Style(HASH, SONG, 6, latin="Consolas", color=GREY, after=3, leading=8.4, breakable=True),
    Style(SAID, FANG, 10.5, before=3, after=1, line=1.25, hanging=12.75),
    Style(ORIGIN, FANG, 7.5, color=GREY, before=8, leading=11, breakable=True),
    Style(SIGN, SONG, 9, after=22, leading=12.6),
    Style(GAP, SONG, 1),
)
_IN_ENGLISH = {TITLE: 17, HEAD: 7.5}
"""Sizes of what is longer in English than in Chinese."""


def styles(lang: Lang) -> tuple[Style, ...]:
    """Give the styles, all named, the base of the others first."""
    found = []
    for style in _STYLES:
        size = _IN_ENGLISH.get(style.id, style.size) if lang == "en" else style.size
        name = style.name or say(f"report.style.{style.id.removeprefix('Plsp').lower()}", lang)
        found.append(replace(style, size=size, name=name))
    return tuple(found)


SIZES = {style.id: style.size for style in _STYLES}
"""Points, by the style's id."""
