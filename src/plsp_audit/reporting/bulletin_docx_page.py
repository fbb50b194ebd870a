"""The pages of a Word circular: document grid, margins, styles, page numbers outside, as the layout says."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from plsp_audit.model.bulletin_layout import Face, Layout
from plsp_audit.model.bulletin_letter import Letter
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.bulletin_measures import CLOSING_PITCH, Measures
from plsp_audit.reporting.docx_page import bare
from plsp_audit.reporting.docx_parts import run, w
from plsp_audit.reporting.docx_styles import CELL, GAP, HEAD, NORMAL

if TYPE_CHECKING:
    from docx.document import Document

MARK, NUMBER, TITLE, TO, HEADING = "PlspMark", "PlspNumber", "Title", "PlspTo", "Heading1"
TEXT, PLAIN, LEAD, LABEL, CAPTION, REMARK, CLOSING = (
    "PlspText", "PlspPlain", "PlspLead", "PlspLabel", "PlspCaption", "PlspRemark", "PlspClosing",
)  # fmt: skip
FOOTER = "Footer"
_FOOT_ROOM = Fraction(17)
"""Points that a page number is tall."""


def page(letter: Letter, layout: Layout) -> Document:
    """Give an empty document with the page set up; its only section is the last one."""
    faces = [getattr(layout.fonts, role) for role in ("title", "body", "heading", "subheading", "page_number", "latin")]
    document = bare({face.name: face.instead[0] for face in faces if face.name and face.instead})
    _set_styles(document, layout, letter.lang)
    _set_settings(document, layout)
    section: Any = document.sections[0]._sectPr
    for child in list(section):
        section.remove(child)
    outside = layout.page_numbers.place == "outside"
    odd, even = document.sections[0].footer, document.sections[0].even_page_footer
    for footer, align in ((odd, "right" if outside else "center"), (even, "left" if outside else "center")):
        footer.is_linked_to_previous = False
        root: Any = footer._element
        for child in list(root):
            root.remove(child)
        root.append(_page_number(letter, layout, align))
    _set_page(section, layout)
    return document


def twentieths(points: Fraction) -> int:
    """Give a length as the format counts it, in twentieths of a point, rounded down so that what must fit does."""
    return int(points * 20)


def _millimetres(length: Fraction) -> int:
    return round(length * 1440 * 10 / 254)


def _set_page(section: Any, layout: Layout) -> None:
    paper, measures = layout.paper, Measures(layout)
    below = layout.page_numbers.below + _FOOT_ROOM * 254 / 720
    footer = max(paper.bottom - below, Fraction(5))
    margins = {side: _millimetres(getattr(paper, side)) for side in ("top", "right", "bottom", "left")}
    # The grid adds to the width of the default font's characters, counted in 4096ths of a point.
    spacing = int((measures.character - layout.sizes.body) * 4096)
    section.append(w("pgSz", w=_millimetres(paper.width), h=_millimetres(paper.height)))
    section.append(w("pgMar", **margins, header=_millimetres(Fraction(15)), footer=_millimetres(footer), gutter=0))
    section.append(w("docGrid", type="linesAndChars", linePitch=twentieths(measures.pitch), charSpace=spacing))


def _page_number(letter: Letter, layout: Layout, align: str) -> Any:
    inset = twentieths(layout.sizes.page_number)
    indent = w("ind", **{align: inset}) if align != "center" else None
    node = w("p", w("pPr", w("pStyle", val=FOOTER), indent, w("jc", val=align)))
    before, after = say("bulletin.letter.page", letter.lang, page="\n").split("\n")
    node.extend((run(before), w("fldSimple", run("1"), instr=" PAGE "), run(after)))
    return node


def _set_settings(document: Document, layout: Layout) -> None:
    """Have odd and even pages differ, and characters keep to the grid as they are set."""
    document.settings.odd_and_even_pages_header_footer = True
    control = w("characterSpacingControl", val="doNotCompress")
    settings: Any = document.settings.element
    for node in settings.findall(control.tag):
        settings.replace(node, control)


def _set_styles(document: Document, layout: Layout, lang: Lang) -> None:
    root: Any = document.styles.element
    for child in list(root):
        if not child.tag.endswith("}latentStyles"):
            root.remove(child)
    body = layout.fonts.body
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    root.insert(0, w("docDefaults", w("rPrDefault", w("rPr", _fonts(body, layout), language)), w("pPrDefault")))
    margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    root.append(_style(NORMAL, "Normal", layout, body, default=True))
    root.append(w("style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"),
                  type="character", default=1, styleId="DefaultParagraphFont"))  # fmt: skip
    root.append(w("style", w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"),
                  w("tblPr", margins), type="table", default=1, styleId="TableNormal"))  # fmt: skip
    root.extend(_own_styles(layout, lang))


def _own_styles(layout: Layout, lang: Lang) -> list[Any]:
    fonts, sizes, head = layout.fonts, layout.sizes, layout.head
    pitch, two = Measures(layout).pitch, 2 * Measures(layout).character
    table_pitch = Measures(layout).table_pitch

    def name(key: str) -> str:
        return say(f"bulletin.style.{key}", lang)

    return [
        _style(MARK, name("mark"), layout, fonts.title, size=sizes.mark, align="center", color=head.colour[1:],
               line=None, grid=False),
        _style(NUMBER, name("number"), layout, fonts.body, align="center", before=head.number_lines * pitch),
        _style(TITLE, "Title", layout, fonts.title, size=sizes.title, align="center", keep=True, grid=False),
        _style(TO, name("to"), layout, fonts.body, before=head.to_lines * pitch),
        _style(HEADING, "heading 1", layout, fonts.heading, first=two, keep=True, level=1),
        _style(TEXT, name("text"), layout, fonts.body, align="both", first=two),
        _style(PLAIN, name("plain"), layout, fonts.body),
        w("style", w("name", val=name("lead")), w("qFormat"), w("rPr", _fonts(fonts.subheading, layout)),
          type="character", customStyle=1, styleId=LEAD),
        _style(LABEL, name("label"), layout, fonts.heading, keep=True),
        _style(CAPTION, name("caption"), layout, fonts.body, size=sizes.table + Fraction(3, 2), align="center",
               before=Fraction(17, 2), line=Fraction(18), keep=True, grid=False),
        _style(REMARK, name("remark"), layout, fonts.body, size=sizes.table, line=table_pitch, before=Fraction(3),
               grid=False),
        _style(CELL, name("cell"), layout, fonts.body, size=sizes.table, line=table_pitch, grid=False),
        _style(HEAD, name("head"), layout, fonts.heading, size=sizes.table, line=table_pitch, align="center",
               grid=False),
        _style(CLOSING, name("closing"), layout, fonts.body, size=sizes.closing, line=CLOSING_PITCH, grid=False),
        _style(GAP, name("gap"), layout, fonts.body, size=Fraction(1), line=Fraction(1), grid=False),
        _style(FOOTER, "footer", layout, fonts.page_number, size=sizes.page_number, line=_FOOT_ROOM, grid=False),
    ]  # fmt: skip


def _style(
    style: str, name: str, layout: Layout, face: Face, *, size: Fraction | None = None, align: str = "left",
    color: str = "000000", before: Fraction = Fraction(0), line: Fraction | None = Fraction(-1),
    first: Fraction = Fraction(0), keep: bool = False, level: int = 0, grid: bool = True, default: bool = False,
) -> Any:  # fmt: skip
    """Give a paragraph style. `line` is its pitch in points: the page's by default, that of the font for None."""
    pitch = Measures(layout).pitch if line == -1 else line
    spacing: dict[str, object] = {"before": twentieths(before), "after": 0}
    spacing |= {"line": twentieths(pitch), "lineRule": "exact"} if pitch else {"line": 240, "lineRule": "auto"}
    paragraph = w(
        "pPr",
        w("keepNext") if keep else None,
        w("widowControl", val=1),
        # As Word does unasked. LibreOffice 7 reads it the other way round, and so breaks lines as the PDF does.
        w("overflowPunct", val=1),
        w("adjustRightInd", val=0),
        w("snapToGrid", val=0),
        w("spacing", **spacing),
        w("ind", firstLineChars=200, firstLine=twentieths(first)) if first else None,
        w("jc", val=align),
        w("textAlignment", val="center"),
        w("outlineLvl", val=level - 1) if level else None,
    )
    # The grid is there for those who write on. Programs set characters by it differently, so spacing does it instead.
    # LibreOffice keeps lines to whole characters of the grid, and counts the last character in full: a twentieth less.
    tight = floor(Measures(layout).spacing * 20) - 1
    half_points = round(2 * (size or layout.sizes.body))
    looks = w("rPr", _fonts(face, layout), w("snapToGrid", val=0), w("color", val=color),
              w("spacing", val=tight) if grid and tight else None,
              w("sz", val=half_points), w("szCs", val=half_points))  # fmt: skip
    given: dict[str, object] = {"type": "paragraph", "styleId": style}
    given |= {"default": 1} if default else {}
    given |= {"customStyle": 1} if style.startswith("Plsp") else {}
    base = None if default else w("basedOn", val=NORMAL)
    return w("style", w("name", val=name), base, w("qFormat"), paragraph, looks, **given)


def _fonts(face: Face, layout: Layout) -> Any:
    latin = face.name if face == layout.fonts.page_number else layout.fonts.latin.name or face.name
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=face.name, cs=latin)
