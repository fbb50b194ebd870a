"""Build the bundled fonts under reports/fonts from Noto Sans SC and Noto Serif SC.

Run once for a release, never at run time. The sources come from the package pylopdf-fonts-zh-cn (data only, SIL Open
Font License, no reserved name); the same sources and fontTools give the same bytes.

usage: python scripts/build_fonts.py [FOLDER]
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
FAMILIES = {"NotoSansSC-Regular.otf": "PLSP Sans SC", "NotoSerifSC-Regular.otf": "PLSP Serif SC"}
SYMBOLS = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ〇㊣№"
    "㎡㎥㎝㎜㎏㎞㏄℃℉℡‰°′″²³¹½¼¾¥￥€£©®™§¶µΩ"
    "“”‘’…—–‐‑·•‧※〔〕【】《》〈〉「」『』〖〗〝〞～、。，．：；？！（）［］｛｝"
    "✓√×÷±≈≠≤≥∞∶→←↑↓⇒■□▲△▼▽◆◇○◎●◐◑★☆"
    "\u00a0\u2002\u2003\u2009\u3000"
)
STAND_INS = {"✗": "╳", "✘": "╳", "✕": "╳", "☐": "□", "☑": "■", "☒": "╳", "✔": "✓"}
"""Signs that Noto does not have, and the glyph that stands in for each."""


def gb2312() -> set[str]:
    """Give every character of GB 2312: the ideographs and the symbol rows."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def characters() -> set[str]:
    """Give every character that the bundled fonts are to print."""
    lines = (HERE / "tongyong_beyond_gb2312.txt").read_text(encoding="utf-8").splitlines()
    general = {char for line in lines if not line.startswith("#") for char in line}
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    fullwidth = {chr(code) for code in range(0xFF01, 0xFF5F)}
    return gb2312() | general | latin | fullwidth | set(SYMBOLS) | set(STAND_INS.values())


def rename(font: TTFont, family: str) -> None:
    """Give the font its new family name; copyright and licence stay as they are."""
    postscript = family.replace(" ", "") + "-Regular"
    names = {1: family, 2: "Regular", 3: postscript, 4: family, 6: postscript}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 13, 14) and record.langID == 0x409]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [postscript]
    top.topDictIndex[0].FullName = family
    top.topDictIndex[0].FamilyName = family


def stand_in(font: TTFont) -> None:
    """Map the signs that the source lacks to the glyphs that stand in for them."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            for char, other in STAND_INS.items():
                if ord(char) not in table.cmap and ord(other) in table.cmap:
                    table.cmap[ord(char)] = table.cmap[ord(other)]


def build(source: Path, family: str, chars: Iterable[str], target: Path) -> None:
    """Write the static subset of one font."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        layout_features=["kern"],
        hinting=False,
        name_IDs=["*"],
        name_languages=["*"],
        notdef_outline=True,
        legacy_kern=True,
    )
    options.drop_tables += ["BASE", "DSIG", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(chars)))
    subsetter.subset(font)
    stand_in(font)
    rename(font, family)
    font.save(target)


def main() -> None:
    """Build both fonts and lay the licence beside them."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if spec is None or spec.origin is None:
        sys.exit("the sources are missing: pip install pylopdf-fonts-zh-cn")
    sources = Path(spec.origin).parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "reports" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    chars = characters()
    for name, family in FAMILIES.items():
        target = folder / (family.replace(" ", "") + "-Regular.otf")
        build(sources / name, family, chars, target)
        print(f"{target.name}: {len(TTFont(target).getBestCmap())} characters, {target.stat().st_size / 1e6:.2f} MB")
    licence = next(sources.parent.glob("pylopdf_fonts_zh_cn-*.dist-info/licenses/LICENSE"))
    notices = "".join(
        f"{family}: {TTFont(sources / name)['name'].getDebugName(0).split(' This Font Software')[0]}\n"
        for name, family in FAMILIES.items()
    )
    head = "PLSP Sans SC and PLSP Serif SC are subsets of Noto Sans SC and Noto Serif SC under other names.\n"
    (folder / "OFL.txt").write_text(f"{head}{notices}\n{licence.read_text(encoding='utf-8')}", encoding="utf-8")


if __name__ == "__main__":
    main()
