"""Ways of putting a slip of writing right: what may have been meant, and which other lines have the same slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from plsp_audit.loading.events import event_parser, hide_breaks
from plsp_audit.loading.hints import NO_DASH_SPACE, NO_SPACE, TAB_INDENT, WIDE_COLON, WIDE_INDENT
from plsp_audit.model.problem import Place, Problem

#: As many slips of a text are told.
MAX_SLIPS = 20
_JSON_MARKS = {"：": ":", "，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]", "“": '"', "”": '"', "＂": '"'}
_JSON_QUOTED = re.compile(r"""[“”＂]([^"“”＂\\\n]*+)[“”＂]|'([^'"\\\n]*+)'""")
_JSON_WORD = re.compile(r'[^\s,\]}"]++')
_INDENTS = {"yaml_tab_indent": TAB_INDENT, "yaml_wide_space_indent": WIDE_INDENT}


def shows(text: str, problem: Problem) -> bool:
    """Tell whether a line of YAML is no sound line, whatever stands around it."""
    line = text.split("\n")[(problem.place.line or 1) - 1].strip(" \t\u3000\u00a0")
    if problem.code == "yaml_no_colon":
        return ":" not in line and not line.startswith("-")
    try:
        get = event_parser(hide_breaks(line)).get_event
        while get() is not None:
            pass
    except yaml.YAMLError:
        return True
    return False


def alike(text: str, stop: Problem) -> list[Problem]:
    """Give the other lines that are indented with the wrong kind of white space: they are put right together."""
    pattern = _INDENTS.get(stop.code)
    if pattern is None:
        return []
    found: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = pattern.match(line)
        if match is not None and number != stop.place.line and line.strip() and len(found) < MAX_SLIPS:
            word = re.split(r"[：:]", line.strip(), maxsplit=1)[0][:40].strip()
            found.append(replace(stop, params={"key": word}, place=Place(stop.place.file, number, match.end())))
    return found


def yaml_ways(text: str, stop: Problem, first: bool) -> Iterator[tuple[str, bool]]:
    """Give the text with the slip put right in every way that may be meant, and whether something is lost by it."""
    lines = text.split("\n")
    at = min((stop.place.line or 1) - 1, len(lines) - 1)
    line, column = lines[at], stop.place.column or 1

    def instead(written: str) -> str:
        return "\n".join([*lines[:at], written, *lines[at + 1 :]])

    if stop.code in _INDENTS:
        pattern = _INDENTS[stop.code]
        for wide in (2, 4, 1):
            yield "\n".join(_unwide(one, wide) if pattern.match(one) else one for one in lines), False
    elif stop.code == "yaml_wide_colons_all":
        yield "\n".join(one.replace("：", ": ", 1) if WIDE_COLON.match(one) else one for one in lines), False
    elif stop.code == "yaml_wide_colon":
        yield instead(line.replace("：", ": ", 1)), False
    elif stop.code in ("yaml_no_space_after_colon", "yaml_no_space_after_dash"):
        match = (NO_SPACE if stop.code.endswith("colon") else NO_DASH_SPACE).match(line)
        end = match.end() if match else column
        yield instead(f"{line[:end]} {line[end:]}"), False
    elif stop.code == "yaml_unclosed_quote":
        yield instead(line + line[column - 1 : column]), False
    elif stop.code == "yaml_unclosed":
        yield instead(line + stop.params.get("close", "]")), False
    elif stop.code == "yaml_escape":
        yield instead(line.replace("\\", "\\\\")), False
    elif stop.code in ("yaml_bad_indent", "yaml_colon_here"):
        for other in (*_said(lines, range(at - 1, -1, -1)), *_said(lines, range(at + 1, len(lines)))):
            yield instead(_indent(other) + line.lstrip(" ")), False
    if _is_leaf(lines, at) and (first or shows(text, stop)):
        yield instead(""), True


def _unwide(line: str, wide: int) -> str:
    """Give a line with its indentation in blanks."""
    rest = line.lstrip(" \t\u3000\u00a0")
    indent = line[: len(line) - len(rest)]
    return indent.replace("\t", " " * wide).replace("\u3000", " " * wide).replace("\u00a0", " ") + rest


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _said(lines: list[str], numbers: range) -> list[str]:
    """Give the nearest line that says anything."""
    near = (lines[n] for n in numbers)
    return next(([one] for one in near if one.strip() and not one.lstrip().startswith("#")), [])


def _is_leaf(lines: list[str], at: int) -> bool:
    """Tell whether nothing stands below a line, so that it can be left out without taking more along."""
    below = _said(lines, range(at + 1, len(lines)))
    return bool(lines[at].strip()) and not (below and len(_indent(below[0])) > len(_indent(lines[at])))


def json_ways(text: str, stop: Problem) -> Iterator[tuple[str, bool]]:
    """Give JSON with a slip put right; the text keeps its length, so that everything stays at its place."""
    lines = text.split("\n")
    at = sum(len(one) + 1 for one in lines[: (stop.place.line or 1) - 1]) + (stop.place.column or 1) - 1
    char = text[at : at + 1]
    quoted = _JSON_QUOTED.match(text, at)
    if quoted and quoted[1] is not None and stop.code == "json_wide_mark":
        yield f'{text[:at]}"{quoted[1]}"{text[quoted.end() :]}', False
    elif quoted and quoted[2] is not None and stop.code == "json_single_quote":
        yield f'{text[:at]}"{quoted[2]}"{text[quoted.end() :]}', False
    elif stop.code == "json_wide_mark" and char in _JSON_MARKS:
        yield text[:at] + _JSON_MARKS[char] + text[at + 1 :], False
    elif stop.code == "json_trailing_comma":
        comma = len(text[:at].rstrip()) - 1
        if text[comma : comma + 1] == ",":
            yield f"{text[:comma]} {text[comma + 1 :]}", False
    elif stop.code == "json_no_comma" and text[at - 1 : at].isspace():
        yield f"{text[: at - 1]},{text[at:]}", False
    elif stop.code == "json_comment":
        end = text.find("*/", at) + 2 if text.startswith("/*", at) else text.find("\n", at)
        end = end if end > at else len(text)
        yield text[:at] + "".join("\n" if c == "\n" else " " for c in text[at:end]) + text[end:], False
    elif stop.code == "json_value":
        word = _JSON_WORD.match(text, at)
        if word and len(word[0]) > 1:
            inner = word[0][: len(word[0]) - 2].replace("\\", "/").replace('"', "'")
            yield f'{text[:at]}"{inner}"{text[word.end() :]}', True
    elif stop.code == "json_unclosed":
        yield text.rstrip().rstrip(",") + stop.params.get("close", "}"), False
