"""Slips of writing put right in memory, so that one run can tell what is wrong behind them as well.

Nothing that was mended is ever scored: the slips stay errors, and only looking for more goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from os.path import commonprefix
from typing import Any, NamedTuple

import yaml

from plsp_audit.loading.events import event_parser, hide_breaks
from plsp_audit.loading.hints import NO_DASH_SPACE, NO_SPACE, TAB_INDENT, WIDE_COLON, WIDE_INDENT
from plsp_audit.loading.limits import MAX_PROBLEMS
from plsp_audit.model.problem import InputError, Place, Problem

#: Longer texts are not mended: every slip costs a few more readings of the whole.
MAX_LENGTH = 128 * 1024
MAX_SLIPS = 20

_JSON_MARKS = {"：": ":", "，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]", "“": '"', "”": '"', "＂": '"'}
_JSON_QUOTED = re.compile(r"""[“”＂]([^"“”＂\\\n]*+)[“”＂]|'([^'"\\\n]*+)'""")
_JSON_WORD = re.compile(r'[^\s,\]}"]++')
#: Slips that show in their line.
_PLAIN = frozenset((
    "yaml_tab_indent", "yaml_wide_space_indent", "yaml_wide_colon", "yaml_no_space_after_colon", "yaml_escape",
    "yaml_no_space_after_dash", "json_wide_mark", "json_trailing_comma", "json_comment", "json_single_quote",
))  # fmt: skip
_INDENTS = {"yaml_tab_indent": TAB_INDENT, "yaml_wide_space_indent": WIDE_INDENT}


class Once(NamedTuple):
    """One reading of a text.

    Attributes:
        tree: What was read of it; None where it could not be read to its end.
        faults: What is wrong with what was read.
        stop: Where and why reading ended before the end.
    """

    tree: Any
    faults: list[Problem]
    stop: Problem | None


class Mended(NamedTuple):
    """What came of a text with slips.

    Attributes:
        text: The text as it could be read, with the lines that it had.
        tree: What is in it; None where it could not be mended.
        lost: Whether something of it had to be left out, so that what is missing may have been there.
    """

    problems: list[Problem]
    text: str
    tree: Any
    lost: bool


class BrokenTextError(InputError):
    """A text with faults of writing, and what can be read of it all the same.

    Attributes:
        mended: The same with its tree, to look for more.
    """

    def __init__(self, mended: Mended) -> None:
        super().__init__(mended.problems)
        self.mended = mended


def mend(text: str, read: Callable[[str], Once], kind: str) -> Mended:
    """Read a text, putting slip after slip right until it can be read to its end, or not at all.

    Args:
        text: What was written.
        read: Reads it once.
        kind: `yaml` or `json`.
    """
    first = once = read(text)
    told: list[Problem] = []
    lost, mended = False, text
    while once.stop is not None:
        if not (once.stop.code == "json_unclosed" and told and told[-1].code == "json_unclosed"):
            told.append(once.stop)
        best = None
        if len(text) <= MAX_LENGTH and len(told) <= MAX_SLIPS:
            told += _alike(mended, once.stop)
            seen = {(p.code, p.place.line, p.place.column) for p in told}
            ways = _json(mended, once.stop) if kind == "json" else _yaml(mended, once.stop, once is first)
            best = _best(ways, read, seen)
        if best is None:
            # What was told last may come of a wrong guess; what shows by itself is a slip in any case.
            sure = [p for n, p in enumerate(told) if not n or p.code in _PLAIN or _faulty(text, p)]
            return Mended(_ordered([*sure, *first.faults], text, mended), mended, None, lost)
        mended, once = best[:2]
        lost = lost or best[2]
    return Mended(_ordered(told + once.faults, text, mended), mended, _sound(once.tree), lost or _odd(once.tree))


def column_in(written: str, mended: str, column: int) -> int:
    """Give where in a line as it was written a column of the mended line is."""
    same = len(commonprefix([mended, written]))
    if column - 1 > same and len(mended) - column < len(commonprefix([mended[::-1], written[::-1]])):
        column += len(written) - len(mended)
    return max(1, min(column, len(written) + 1))


def _faulty(text: str, problem: Problem) -> bool:
    """Tell whether a line of YAML is no sound line, whatever stands around it."""
    line = text.split("\n")[(problem.place.line or 1) - 1].strip(" \t\u3000\u00a0")
    try:
        get = event_parser(hide_breaks(line)).get_event
        while get() is not None:
            pass
    except yaml.YAMLError:
        return True
    return False


def _ordered(problems: list[Problem], written: str, mended: str) -> list[Problem]:
    if written != mended:
        lines = [text.split("\n") for text in (written, mended)]
        problems = [_moved(p, *(one[min(p.place.line or 1, len(one)) - 1] for one in lines)) for p in problems]
    once = {(p.code, p.place): p for p in problems}
    return sorted(once.values(), key=lambda p: (p.place.line or 0, p.place.column or 0))[: MAX_PROBLEMS + MAX_SLIPS]


def _moved(problem: Problem, written: str, mended: str) -> Problem:
    if written == mended or problem.place.column is None:
        return problem
    return problem.at(replace(problem.place, column=column_in(written, mended, problem.place.column)))


def _best(ways: Iterable[tuple[str, bool]], read: Callable[[str], Once], seen: Any) -> tuple[str, Once, bool] | None:
    """Give the way of putting a slip right by which reading gets furthest."""
    best, reached = None, (0, 0)
    for tried, drops in ways:
        once = read(tried)
        if once.stop is None:
            return tried, once, drops
        place = once.stop.place
        if (once.stop.code, place.line, place.column) in seen:
            continue
        far = (place.line or 0, place.column or 0)
        if far > reached:
            best, reached = (tried, once, drops), far
    return best


def _alike(text: str, stop: Problem) -> list[Problem]:
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


def _yaml(text: str, stop: Problem, first: bool) -> Iterator[tuple[str, bool]]:
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
    if _is_leaf(lines, at) and (first or _faulty(text, stop)):
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


def _json(text: str, stop: Problem) -> Iterator[tuple[str, bool]]:
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


def _odd(node: Any) -> bool:
    """Tell whether readers had to make up something: a name for what had none, a value for what is not there."""
    if isinstance(node, dict):
        return any(key.startswith(("\0", "<<\0")) or _odd(value) for key, value in node.items())
    return any(map(_odd, node)) if isinstance(node, list) else isinstance(node, str) and "\0" in node


def _sound(node: Any) -> Any:
    """Give a tree without what had to be made up; nesting is at most 50 deep here."""
    if isinstance(node, dict):
        return {key: _sound(value) for key, value in node.items() if "\0" not in key}
    if isinstance(node, list):
        return [_sound(item) for item in node]
    return None if isinstance(node, str) and "\0" in node else node
