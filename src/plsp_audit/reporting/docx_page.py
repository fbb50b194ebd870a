"""The blank Word report: A4 page, styles, footer with page numbers, and properties dated by the inspection."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.docx_parts import WIDE, run, twips, w
from plsp_audit.reporting.docx_styles import ALSO_CALLED, FOOTER, GAP, LATIN, NORMAL, SONG, Style, styles
from plsp_audit.reporting.office import package_day, same_bytes, xml_text
from plsp_audit.reporting.view import SiteReportView

if TYPE_CHECKING:
    from docx.document import Document

_PAGE = (210.0, 297.0)
_MARGINS = {"top": 20.0, "right": 18.0, "bottom": 20.0, "left": 22.0, "header": 10.0, "footer": 10.0, "gutter": 0.0}
_LONGEST_NAME = 36
_UNUSED = frozenset({
    "thumbnail", "extended-properties", "customXml", "stylesWithEffects", "numbering", "webSettings",
})  # fmt: skip
"""Parts of the library's own blank document that would say of it what is not so."""


def blank(view: SiteReportView) -> Document:
    """Give an empty document, ready to be written on."""
    document = bare(ALSO_CALLED)
    _set_styles(document, view.lang)
    _set_page(document)
    _set_footer(document, view)
    return document


def bare(also_called: Mapping[str, str]) -> Document:
    """Give an empty document without page and styles of its own: what a paper of any kind begins with.

    Args:
        also_called: The fonts it will use, and a further name of each, under which another system knows it.
    """
    import docx

    document = docx.Document()
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in _UNUSED]:
            del rels[key]
    _set_fonts(document, also_called)
    _set_compatibility(document)
    return document


def finished(document: Document, view: SiteReportView) -> bytes:
    """Give the document's bytes, the same for the same report."""
    return saved(document, f"{view.site_name} {view.title}", view.date_iso, view.lang)


def saved(document: Document, title: str, date_iso: str, lang: Lang) -> bytes:
    """Give the bytes of a paper of any kind, the same for the same content.

    Args:
        document: The document.
        title: Its title, for its properties.
        date_iso: The day that stands for every date in it; empty for none.
        lang: Its language.
    """
    day = package_day(date_iso)
    properties = document.core_properties
    properties.title = xml_text(title).replace("\n", " ")[:250]
    properties.author = properties.last_modified_by = "plsp-audit"
    properties.comments = properties.keywords = properties.subject = ""
    properties.language = "zh-CN" if lang == "zh" else "en"
    properties.created = properties.modified = day
    properties.revision = 1
    raw = io.BytesIO()
    document.save(raw)
    return same_bytes(raw.getvalue(), day)


def _set_page(document: Document) -> None:
    section: Any = document.sections[0]._sectPr
    for child in list(section):
        section.remove(child)
    wide, tall = _PAGE
    section.append(w("pgSz", w=twips(wide), h=twips(tall)))
    section.append(w("pgMar", **{side: twips(size) for side, size in _MARGINS.items()}))


def _set_styles(document: Document, lang: Lang) -> None:
    root: Any = document.styles.element
    for child in list(root):
        if child.tag != f"{{{root.nsmap['w']}}}latentStyles":
            root.remove(child)
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    root.insert(0, w("docDefaults", w("rPrDefault", w("rPr", _fonts(SONG, LATIN), language)), w("pPrDefault")))
    base = w("style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"),
             type="character", default=1, styleId="DefaultParagraphFont")  # fmt: skip
    margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    plain = w("style", w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"), w("tblPr", margins),
              type="table", default=1, styleId="TableNormal")  # fmt: skip
    root.extend([_style(styles(lang)[0]), base, plain, *map(_style, styles(lang)[1:])])


def _style(style: Style) -> Any:
    own = style.id.startswith("Plsp")
    paragraph = w(
        "pPr",
        w("keepNext") if style.keep else None,
        w("keepLines") if style.level else None,
        w("wordWrap", val=0) if style.breakable else None,
        w("spacing", before=round(20 * style.before), after=round(20 * style.after),
          line=round(20 * style.leading or 240 * style.line), lineRule="atLeast" if style.leading else "auto"),
        w("ind", left=round(20 * style.hanging), hanging=round(20 * style.hanging)) if style.hanging else None,
        w("jc", val=style.align),
        w("outlineLvl", val=style.level - 1) if style.level else None,
    )  # fmt: skip
    if style.id == GAP:
        paragraph = w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact"))
    size = round(2 * style.size)
    looks = w("rPr", _fonts(style.font, style.latin), w("noProof") if style.breakable else None,
              w("color", val=style.color), w("sz", val=size), w("szCs", val=size))  # fmt: skip
    given: dict[str, object] = {"type": "paragraph", "styleId": style.id}
    given |= {"customStyle": 1} if own else {}
    given |= {"default": 1} if style.id == NORMAL else {}
    base = w("basedOn", val=NORMAL) if style.id != NORMAL else None
    return w("style", w("name", val=style.name), base, w("qFormat"), paragraph, looks, **given)


def _fonts(chinese: str, latin: str) -> Any:
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)


def _set_fonts(document: Document, also_called: Mapping[str, str]) -> None:
    """Name the fonts also as systems in other languages know them."""
    fonts = w("fonts", *(w("font", w("altName", val=other), w("charset", val="86"), name=name)
                         for name, other in also_called.items()))  # fmt: skip
    from docx.opc.oxml import serialize_part_xml

    for rel in document.part.rels.values():
        if rel.reltype.endswith("/fontTable"):
            part: Any = rel.target_part
            part._blob = serialize_part_xml(fonts)


def _set_compatibility(document: Document) -> None:
    """Have the document opened as one of today, in Chinese, not as one of 2010 in Japanese."""
    settings: Any = document.settings.element
    for node in settings.findall(".//" + _tag("compatSetting")):
        if node.get(_tag("name")) == "compatibilityMode":
            node.set(_tag("val"), "15")
    for node in settings.findall(_tag("themeFontLang")):
        node.set(_tag("eastAsia"), "zh-CN")
    for node in settings.findall(_tag("zoom")):
        settings.replace(node, w("zoom", percent=100))
    for name in ("rsids", "savePreviewPicture", "proofState", "shapeDefaults"):
        for node in settings.findall(_tag(name)):
            settings.remove(node)


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _set_footer(document: Document, view: SiteReportView) -> None:
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    root: Any = footer._element
    for child in list(root):
        root.remove(child)
    name = " ".join(view.site_name.split())
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    node = w("p", w("pPr", w("pStyle", val=FOOTER), w("tabs", w("tab", val="right", pos=twips(WIDE)))))
    node.append(run(say("report.footer.site", view.lang, name=short, date=view.date)))
    node.append(w("r", w("tab")))
    before, _, rest = say("report.footer.page", view.lang, page="\n", pages="\n").partition("\n")
    between, _, after = rest.partition("\n")
    for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if words:
            node.append(run(words))
        if field:
            node.append(w("fldSimple", run("1"), instr=f" {field} "))
    root.append(node)
