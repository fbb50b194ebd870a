"""Sound files made unsound: by bytes, lines, indentation, keys and values, and by all that a keyboard can slip on."""

from __future__ import annotations

import re

from hypothesis import strategies as st

SNIPPETS = [
    *("：", "，", "；", "、", "（", "）", "“", "”", "［", "］", "｛", "｝", "\u3000", "\xa0", "\u200b"),
    *("\u202e", "é", "𠀀"),
    *("\t", "\r", "\n", "\n\n", "\x00", "\x07", "\x0b", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\ufdd0", "�"),
    *(":", ": ", "- ", "-", "? ", "#", " #3", ",", "[", "]", "{", "}", '"', "'", "\\", "|", ">", "%", "@", "`", "~"),
    *("&a ", "*a", "*b", "!!int ", "!x ", "<<: *a", "\n---\n", "\n...\n", "%YAML 1.3\n", "%TAG ! x\n", "{a: b}: c"),
    *("[" * 60, "{a: " * 60, "]" * 3, "null", "true", "有", "无", "未查", "none", ".nan", ".inf", "-.5", "1e999999999"),
    *("9" * 45, "9" * 400, "1/" + "7" * 35, "2/0", "0/0", "-1", "1,000", "1,00", "０", "一百", "1_000", "0x1F", "½"),
    *("2018-02-30", "0000-01-01", "9999-12-31", "10000-01-01", "2018-05", "2018年", "../x", "/etc/x", "C:\\x", "CON"),
    *("a/b", "~x", "=1+1", "{0}", "{key}", "%s", "$x", "${x}", "NX-S-01", "NX-S-03/1", "NX-S-99", "R1/9", "station"),
    "self",
    *("得分", "points", "deduct", "场所面积", "premises.area", "p.num", "检查情况", "site", "plsp: site/2", "x" * 6000),
]
ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "gbk", "big5", "utf-16", "utf-16-le", "latin-1"]
_WIDE = str.maketrans({":": "：", ",": "，", "[": "［", "]": "］", "{": "｛", "}": "｝", '"': "”", " ": "\u3000"})

Change = tuple[str, int, int]
KINDS = [
    *("delete line", "double line", "swap lines", "indent", "outdent", "tab", "widen", "take key", "take value"),
    *("insert", "insert", "insert", "cut", "snippet for value", "snippet for key", "cut the rest", "paste all"),
]
changes = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1, max_size=6
)


def mangled(text: str, given: list[Change]) -> str:
    """Change a text, one thing after the other."""
    for kind, at, what in given:
        lines = text.split("\n")
        text = "\n".join(_changed(lines, kind, at % len(lines), what))
        if kind == "paste all" and len(text) < 20_000:
            text += text
    return text


def _changed(lines: list[str], kind: str, at: int, what: int) -> list[str]:
    line, other, snippet = lines[at], lines[what % len(lines)], SNIPPETS[what % len(SNIPPETS)]
    if kind == "delete line":
        return [*lines[:at], *lines[at + 1 :]] or [""]
    if kind == "double line":
        return [*lines[:at], line, *lines[at:]]
    if kind == "swap lines":
        lines[at], lines[what % len(lines)] = other, line
    elif kind == "indent":
        lines[at] = " " * (what % 5) + line
    elif kind == "outdent":
        lines[at] = line.removeprefix(" " * (what % 5))
    elif kind == "tab":
        lines[at] = "\t" + line.lstrip()
    elif kind == "widen":
        lines[at] = line.translate(_WIDE) if what % 2 else line.replace(":", "：", 1)
    elif kind == "take key":
        lines[at] = other.partition(":")[0] + ":" + line.partition(":")[2]
    elif kind == "take value":
        lines[at] = line.partition(":")[0] + ":" + other.partition(":")[2]
    elif kind == "snippet for value":
        lines[at] = f"{line.partition(':')[0]}: {snippet}"
    elif kind == "snippet for key":
        lines[at] = re.sub(r"[^\s:]+(?=:)", lambda _: snippet, line, count=1)
    elif kind == "cut the rest":
        return lines[: at + 1]
    else:
        spot = what // len(SNIPPETS) % (len(line) + 1)
        lines[at] = line[:spot] + (snippet + line[spot:] if kind == "insert" else line[spot + what % 4 :])
    return lines


def encoded(text: str, encoding: str, line_end: str) -> bytes:
    """Give a text as bytes; what the encoding lacks becomes a question mark."""
    return text.replace("\n", line_end).encode(encoding, "replace")
