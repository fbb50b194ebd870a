"""The layout of a circular: `reports/bulletin/layout.yaml`, of which a bureau may restate what it does otherwise."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from plsp_audit.model.base import Exact, Strict, YesNo, exact


def _whole(value: Any) -> int:
    number = exact(value)
    if number.denominator != 1:
        raise ValueError(str(value))
    return int(number)


_Count = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=80)]
_Millimetres = Annotated[Exact, Field(ge=0, le=420)]
_Points = Annotated[Exact, Field(gt=0, le=120)]
_Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Paper(Strict):
    """The sheet and its margins, in millimetres."""

    width: _Millimetres
    height: _Millimetres
    top: _Millimetres
    bottom: _Millimetres
    left: _Millimetres
    right: _Millimetres


class LineGrid(Strict):
    """How many lines a page has, and how many characters a line."""

    lines: Annotated[_Count, Field(ge=10)]
    characters: Annotated[_Count, Field(ge=10)]


class Face(Strict):
    """A font by the name that Word documents carry, and those that stand in for it, in order."""

    name: str
    instead: tuple[str, ...] = ()


class Faces(Strict):
    """The fonts by their role. `latin` sets letters and digits of the text; without a name the Chinese fonts do."""

    title: Face
    body: Face
    heading: Face
    subheading: Face
    page_number: Face
    latin: Face


class Sizes(Strict):
    """Sizes of type, in points. `mark` is the most; a long name is set smaller so that it stays on one line."""

    mark: _Points
    title: _Points
    body: _Points
    closing: _Points
    page_number: _Points
    table: _Points


class HeadRoom(Strict):
    """The head of the first page: distances in millimetres or in lines."""

    suffix: str
    colour: _Colour
    mark_top: _Millimetres
    number_lines: _Count
    rule_gap: _Millimetres
    rule_width: _Points
    title_lines: _Count
    to_lines: _Count


class Ending(Strict):
    """The end: lines left for the seal, the date's distance from the right in characters, where the closing stands."""

    seal_lines: _Count
    date_right: _Count
    even_page: YesNo


class PageNumbers(Strict):
    """Page numbers: their distance below the text in millimetres, and where they stand."""

    below: _Millimetres
    place: Literal["outside", "center"]


class Layout(Strict):
    """The whole layout."""

    paper: Paper
    grid: LineGrid
    fonts: Faces
    sizes: Sizes
    head: HeadRoom
    ending: Ending
    page_numbers: PageNumbers
