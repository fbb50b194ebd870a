"""A circular as PDF, laid out by GB/T 9704-2012 from the templates in `reports/bulletin`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from plsp_audit.model.base import number_text
from plsp_audit.model.bulletin_layout import Face, Layout
from plsp_audit.model.bulletin_letter import Grid, Letter
from plsp_audit.model.catalogue import say
from plsp_audit.model.content import content_dir
from plsp_audit.reporting.bulletin_measures import CLOSING_PITCH, TABLE_SIDE, ClosingPlace, Measures, torn, units
from plsp_audit.reporting.bulletin_parts import attached, labels
from plsp_audit.reporting.fonts import FontChoice
from plsp_audit.reporting.html import environment
from plsp_audit.reporting.pdf import pages_of, print_page

_HAN, _WORD = "[\u3400-\u9fff]", "[A-Za-z0-9%.]"
_MEETING = re.compile(f"{_HAN}(?={_WORD})|{_WORD}(?={_HAN})")
_DIGITS = re.compile("([0-9]+)")
_QUOTES = re.compile("(?<=[^（《“‘<>])(?=“)|(?<=”)(?=[^，。；：、）》”’！？<])")
"""Where a line may be broken beside quotation marks, which the rules for other languages keep whole."""

_TEMPLATE, _STYLE = "bulletin/bulletin.html.j2", "bulletin/bulletin.css.j2"
_WIDE_DIGITS = Fraction(1, 20)
"""By how much of the size of type digits of the bundled font are wider than half of it."""
_BUNDLED = {"title": "PLSP Serif SC", "body": "PLSP Serif SC", "subheading": "PLSP Serif SC",
            "heading": "PLSP Sans SC", "page_number": "PLSP Serif SC"}  # fmt: skip


def render_bulletin_pdf(
    letter: Letter,
    layout: Layout,
    place: ClosingPlace,
    *,
    templates: Sequence[Path] = (),
    fonts: FontChoice = "bundled",
    warn: Callable[[str], None] = lambda text: None,
) -> bytes:
    """Draw a circular as PDF. The same circular on the same machine gives the same bytes.

    Args:
        letter: What it says.
        layout: How it is laid out.
        place: Where the closing stands, as `closing_place` tells.
        templates: Folders looked through before the shipped templates.
        fonts: Whether layout may choose fonts of this machine: 仿宋, 楷体 and 小标宋 where it has them.
        warn: Told in a sentence of every character that no font can print.

    Raises:
        PangoMissing: This machine cannot draw PDF; the message says how to mend that.
    """
    html = bulletin_html(letter, layout, place, templates)
    return print_page(html, letter, letter.lang, fonts=fonts, warn=warn)


def closing_place(
    letter: Letter, layout: Layout, *, templates: Sequence[Path] = (), fonts: FontChoice = "bundled"
) -> ClosingPlace:
    """Find out where the closing stands: at the foot of the last page, which is to be an even one if so laid out.

    Raises:
        PangoMissing: This machine cannot lay pages out.
    """
    pages = pages_of(bulletin_html(letter, layout, "flow", templates), letter.lang, fonts)
    end, closing = pages.get("end", 1), pages.get("closing", 1)
    if layout.ending.even_page and end % 2:
        return "next"
    if closing == end:
        return "same"
    return "after_blank" if layout.ending.even_page else "next"


def bulletin_html(letter: Letter, layout: Layout, place: ClosingPlace, templates: Sequence[Path] = ()) -> str:
    """Fill the template of a circular."""
    return letter_html(letter, layout, _TEMPLATE, (), templates, place=place)


def letter_html(
    letter: Letter, layout: Layout, template: str, styles: Sequence[str] = (), templates: Sequence[Path] = (),
    **more: Any,
) -> str:  # fmt: skip
    """Fill the template of any paper on the page of a circular.

    Args:
        letter: What it says.
        layout: How it is laid out.
        template: Its template.
        styles: Style sheets that come after that of circulars.
        templates: Folders looked through before the shipped templates.
        more: What the template is handed besides.
    """
    from markupsafe import Markup

    jinja = environment((*templates, content_dir("reports")))
    measures = Measures(layout)
    lengths = {key: Markup(text) for key, text in _lengths(letter, measures).items()}
    style = "\n".join(jinja.get_template(name).render(s=lengths) for name in (_STYLE, *styles))

    def widths(grid: Grid) -> list[str]:
        return [_points(width) for width in measures.widths(grid)]

    return jinja.get_template(template).render(
        spaced=_spaced, letter=letter, style=Markup(style), s=_lengths(letter, measures), widths=widths,
        torn=lambda grid: torn(grid, measures),
        attached=attached(letter), labels=labels(letter),
        mark="\n".join(measures.mark_lines(letter)), **more,
    )  # fmt: skip


def _spaced(text: str) -> Any:
    """Keep letters and digits a little apart from Chinese characters, as Word and other programs do unasked.

    The room always follows what it belongs to, so that it never stands at the beginning of a line.
    """
    from markupsafe import Markup, escape

    pieces = [Markup('<span class="{}">{}</span>').format(kind, piece) if kind else escape(piece)
              for part, gap in _pieces(text) for piece, kind in _kinds(part, gap)]  # fmt: skip
    whole = str(Markup("").join(pieces))
    return Markup(_QUOTES.sub("<wbr>", whole))


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text so that each piece that room follows stands by itself."""
    at = 0
    for match in _MEETING.finditer(text):
        yield text[at : match.start()], False
        yield match[0], True
        at = match.end()
    yield text[at:], False


def _kinds(text: str, gap: bool) -> Iterator[tuple[str, str]]:
    """Set digits apart, which the bundled font draws wider than the half of a character that they have in Word."""
    for at, piece in enumerate(_DIGITS.split(text)):
        if piece:
            yield piece, " ".join([*(["gap"] if gap else []), *(["digits"] if at % 2 else [])])


def _points(value: Fraction) -> str:
    return number_text(value, 3) + "pt"


def _millimetres(value: Fraction) -> str:
    return number_text(value, 3) + "mm"


def _family(role: str, face: Face) -> str:
    names = (face.name, *face.instead, _BUNDLED[role])
    plain = ("".join(char for char in name if char.isalnum() or char in " -_") for name in names)
    return ", ".join(f'"{name}"' for name in plain) + ", serif"


def _lengths(letter: Letter, measures: Measures) -> dict[str, str]:
    """Give everything that the style sheet asks for, as CSS writes it."""
    layout, pitch = measures.layout, measures.pitch
    head, sizes = layout.head, layout.sizes
    one, number = measures.character, max((units(line.no) for line in attached(letter)), default=Fraction(0))
    page = say("bulletin.letter.page", letter.lang, page="\n").split("\n")
    found: dict[str, Any] = {f"{side}": _millimetres(getattr(layout.paper, side)) for side in
                             ("width", "height", "top", "bottom", "left", "right")}  # fmt: skip
    found |= {f"{role}_font": _family(role, getattr(layout.fonts, role)) for role in _BUNDLED}
    found |= {f"{key}_size": _points(getattr(sizes, key)) for key in ("title", "body", "closing", "table")}
    found |= {
        "caption_size": _points(sizes.table + Fraction(3, 2)),
        "pitch": _points(pitch),
        "spacing": _points(measures.spacing),
        "digits": _points(measures.spacing - sizes.body * _WIDE_DIGITS),
        "one": _points(one),
        "two": _points(2 * one),
        "listed": _points((2 + units(letter.attachments_label) + number) * one),
        "listed_first": _points((units(letter.attachments_label) + number) * one),
        "listed_no": _points(number * one),
        "text_height": _points(measures.text_height),
        "mark_top": _millimetres(head.mark_top),
        "mark_size": _points(measures.mark(letter)),
        "colour": head.colour,
        "number_top": _points(head.number_lines * pitch),
        "rule_gap": _millimetres(head.rule_gap),
        "rule_width": _points(head.rule_width),
        "title_top": _points(head.title_lines * pitch),
        "to_top": _points(head.to_lines * pitch),
        "seal_top": _points(layout.ending.seal_lines * pitch),
        "date_right": _points(measures.date_right()),
        "signature_right": _points(measures.signature_right(letter)),
        "table_pitch": _points(measures.table_pitch),
        "table_side": _millimetres(TABLE_SIDE),
        "closing_pitch": _points(CLOSING_PITCH),
        "outside": "yes" if layout.page_numbers.place == "outside" else "",
        "page": f'"{page[0]}" counter(page) "{page[1]}"',
        "page_size": _points(sizes.page_number),
        "page_style": f"font: {_points(sizes.page_number)} {_family('page_number', layout.fonts.page_number)}; "
                      f"vertical-align: top; padding-top: {_millimetres(layout.page_numbers.below)};",
    }  # fmt: skip
    return found
