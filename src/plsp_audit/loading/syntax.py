"""What the YAML parser objects to, in the words of the person who has to put it right."""

from __future__ import annotations

import re
from typing import Any

import yaml

from plsp_audit.loading.hints import culprit
from plsp_audit.model.problem import Place, Problem

# First match wins; each pattern is looked for in "context | problem" of the parser's own words, C and Python.
_CODES = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"flow (sequence|mapping).*(expected ',' or|but got)", "yaml_unclosed"),
        (r"quoted scalar.*end of stream|quoted scalar.*document (indicator|separator)", "yaml_unclosed_quote"),
        (r"unknown escape|hexdecimal|hexadecimal|Unicode character escape", "yaml_escape"),
        (r"violates indentation|tab character|'\\t'", "yaml_tab_indent"),
        (r"mapping (values|keys) are not allowed", "yaml_colon_here"),
        (r"sequence entries are not allowed", "yaml_dash_here"),
        (r"could not find expected ':'", "yaml_no_colon"),
        (r"cannot start any token", "yaml_bad_start"),
        (r"block scalar", "yaml_block_text"),
        (r"an anchor", "yaml_anchor"),
        (r"an alias", "yaml_alias"),
        (r"a tag|tag handle", "yaml_tag"),
        (r"directive|incompatible YAML", "yaml_directive"),
        (r"<document start>|document start", "yaml_text_after_end"),
        (r"node content", "yaml_no_value"),
        (r"unexpected ':'", "yaml_colon_in_list"),
        (r"expected '-' indicator|block collection", "yaml_not_in_list"),
        (r"expected key|<block end>|block mapping", "yaml_bad_indent"),
    )
)
_AT_CONTEXT = frozenset(("yaml_no_colon", "yaml_unclosed_quote"))


def syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Translate the parser's complaint about `text` into a problem at the line that is at fault."""
    words = f"{getattr(error, 'context', '') or ''} | {getattr(error, 'problem', '') or error}"
    lines = text.split("\n")
    line, column = _position(getattr(error, "problem_mark", None), lines)
    context = getattr(error, "context_mark", None)
    opened = _position(context, lines) if context is not None else (line, column)
    code = next((code for pattern, code in _CODES if pattern.search(words)), "yaml_other")
    if code == "yaml_bad_start" and lines[line - 1][column - 1 : column] == "\t":
        code = "yaml_tab_indent"
    if code in _AT_CONTEXT:
        line, column = opened
    found = culprit(lines, opened[0], line, column, file)
    if found is not None:
        return found
    if code == "yaml_no_value" and "flow" in words and column > len(lines[line - 1]):
        opened = _last_open(lines, line) or opened
        code = "yaml_unclosed"
    params = {"char": lines[line - 1][column - 1 : column], "detail": words.strip(" |")}
    if code == "yaml_unclosed":
        return _unclosed(lines, opened, (line, column), file)
    if code in ("yaml_anchor", "yaml_alias", "yaml_tag"):
        params["name"] = ""
    if code == "yaml_bad_indent" and lines[line - 1].lstrip(" ").startswith((":", "?")):
        code = "yaml_key_empty"
    elif code == "yaml_bad_indent" and lines[line - 1][: column - 1].strip(" "):
        code = "yaml_text_after_value"
    return Problem(code, params, Place(file, line, column))


def _position(mark: Any, lines: list[str]) -> tuple[int, int]:
    """Give a parser's mark counted from 1; one behind the last line moves to the end of the last written one."""
    if mark is None:
        return 1, 1
    line, column = min(mark.line, len(lines) - 1), mark.column
    if mark.line >= len(lines) or not any(part.strip() for part in lines[line:]):
        while line and not lines[line].strip():
            line -= 1
        column = len(lines[line])
    return line + 1, column + 1


def _last_open(lines: list[str], line: int) -> tuple[int, int] | None:
    """Find the bracket that is still open at the end of a file, looking back a little; quotes are not minded."""
    closed = 0
    for number in range(line, max(line - 100, 0), -1):
        written = lines[number - 1]
        for at in range(len(written) - 1, max(len(written) - 10_000, 0) - 1, -1):
            if written[at] in "]}":
                closed += 1
            elif written[at] in "[{":
                closed -= 1
                if closed < 0:
                    return number, at + 1
    return None


def _unclosed(lines: list[str], opened: tuple[int, int], stopped: tuple[int, int], file: str) -> Problem:
    mark = lines[opened[0] - 1][opened[1] - 1 : opened[1]]
    params = {"open": mark, "close": "]" if mark == "[" else "}", "line": str(stopped[0])}
    if opened[0] == stopped[0] and stopped[1] <= len(lines[stopped[0] - 1]):
        return Problem("yaml_no_comma", params, Place(file, *stopped))
    return Problem("yaml_unclosed", params, Place(file, *opened))
