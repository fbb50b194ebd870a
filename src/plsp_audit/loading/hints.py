"""The slips of a Chinese keyboard and of copying, which YAML takes silently or blames on another line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from plsp_audit.loading.characters import UNREADABLE, place_of, unix_lines
from plsp_audit.loading.events import event_parser, hide_breaks
from plsp_audit.loading.limits import MAX_DEPTH
from plsp_audit.loading.locate import Kind
from plsp_audit.model.problem import Place, Problem

WIDE_COLON = re.compile(r"[ \u3000\u00a0]*+(?:- ++)?[\w./()（）-]++[ ]*+：")
NO_SPACE = re.compile(r"[ ]*+(?:- ++)?([\w.()（）-]*[^\W\d][\w.()（）-]*+):(?=[^\s/])")
NO_DASH_SPACE = re.compile(r"[ ]*+-(?=[^\s-])")
WIDE_INDENT = re.compile(r"[ ]*+[\u3000\u00a0]")
TAB_INDENT = re.compile(r"[ \u3000\u00a0]*+\t")
_WIDE_BRACKET = re.compile(r"[:-][ ]++([［｛])|([，］｝])[ ]*+$")
_CHINESE_QUOTE = re.compile(r"(?:[:-][ ]++|^[ ]*+)([“”‘’])")

#: Slips stand at the beginning of a line; looking further would take minutes for a line of megabytes.
_BEGIN = 300

# In the order in which they explain most.
_SLIPS = (
    (TAB_INDENT, "yaml_tab_indent"),
    (WIDE_INDENT, "yaml_wide_space_indent"),
    (WIDE_COLON, "yaml_wide_colon"),
    (NO_SPACE, "yaml_no_space_after_colon"),
    (NO_DASH_SPACE, "yaml_no_space_after_dash"),
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
            found = pattern.match(written[:_BEGIN])
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
    for pattern, code in ((WIDE_COLON, "yaml_wide_colons_all"), (NO_SPACE, "yaml_no_space_after_colon")):
        for number, written in enumerate(text.split("\n", 1000)[:1000], start=1):
            found = pattern.match(written[:_BEGIN])
            if found is not None:
                return Problem(code, {"key": _word(written)}, Place(file, number, found.end()))
    return None


# What the warnings below start from: a mark that few files hold, and how it has to stand. Most files need no parse.
_TRACES = (
    (" #", re.compile(r" #[^\s#=*-]")),
    ("：", re.compile(r"^[ ]*+(?:- ++)?+[\w./()（）-]++[ ]*+：", re.MULTILINE)),
    ("，", re.compile(r"\[[^\]\n]*，")),
    ("［", re.compile(r"[:-] ++［")),
    ("｛", re.compile(r"[:-] ++｛")),
    # Looked for from the mark backwards, which is quick: after an indicator, with or without a space, or an indent.
    *((mark, re.compile(rf"{mark}(?:(?<=[:,\[{{-] .)|(?<=[:,\[{{-].)|(?<=  .)|(?<=\n.)|(?<!..))")) for mark in "“”‘’"),
)
_SWALLOWED = re.compile(r"[ ]++(\#[^\s\#=*-].*)")
_IN_CHINESE_QUOTES = re.compile(r"[“”‘’][^“”‘’]+[“”‘’]")
_IN_WIDE_BRACKETS = re.compile(r"[［｛].*[］｝]", re.DOTALL)
_MAX_WARNINGS = 20


def scan_warnings(text: str, file: str, kind: Kind = "yaml") -> list[Problem]:
    """Find what can be read and was probably meant otherwise: problems of severity `warning`, never an error.

    Args:
        text: The whole text. One that cannot be parsed has the warnings up to the break.
        file: The name under which the warnings are reported.
        kind: JSON has fewer such traps.
    """
    text = unix_lines(text)
    found: list[Problem] = []
    garbled = text.find("\ufffd")
    if garbled >= 0:
        found.append(Problem("file_garbled", {}, place_of(text, garbled, file), severity="warning"))
    traces = kind == "yaml" and any(mark in text and pattern.search(text) for mark, pattern in _TRACES)
    if traces and not UNREADABLE.search(text):
        lines = text.split("\n")
        try:
            for event, in_list in _plain_scalars(text):
                found.extend(_slips(event, in_list, lines, file))
                if len(found) >= _MAX_WARNINGS:
                    break
        except yaml.YAMLError:
            pass
    return found


def _plain_scalars(text: str) -> Iterator[tuple[Any, bool]]:
    """Give every unquoted scalar, and whether it stands directly in a bracketed list."""
    get = event_parser(hide_breaks(text)).get_event
    stack: list[bool] = []
    while len(stack) <= MAX_DEPTH:
        event: Any = get()
        kind = event.__class__
        if event is None:
            return
        if kind is ScalarEvent:
            if not event.style:
                yield event, bool(stack) and stack[-1]
        elif kind is SequenceStartEvent or kind is MappingStartEvent:
            stack.append(kind is SequenceStartEvent and bool(event.flow_style))
        elif kind is SequenceEndEvent or kind is MappingEndEvent:
            stack.pop()


def _slips(event: Any, in_list: bool, lines: list[str], file: str) -> Iterator[Problem]:
    value, start, end = event.value, event.start_mark, event.end_mark
    lost = _SWALLOWED.match(lines[end.line], end.column) if end.line < len(lines) else None
    if lost is not None:
        params = {"found": lost[1][:40], "kept": value[:40]}
        yield _warning("yaml_comment_swallowed", file, end.line, lost.start(1), params)
    if "：" in value:
        for number in range(start.line, min(end.line + 1, len(lines))):
            written = lines[number]
            begins = number > start.line or not written[: start.column].strip(" -")
            found = WIDE_COLON.match(written) if begins else None
            if found is not None:
                yield _warning("yaml_wide_colon_text", file, number, found.end() - 1, {"key": _word(written)})
    shown = {"found": value[:40]}
    if _IN_CHINESE_QUOTES.fullmatch(value):
        yield _warning("yaml_quotes_kept", file, start.line, start.column, shown)
    if in_list and "，" in value or _IN_WIDE_BRACKETS.fullmatch(value):
        yield _warning("yaml_wide_list", file, start.line, start.column, shown)


def _warning(code: str, file: str, line: int, column: int, params: dict[str, str]) -> Problem:
    return Problem(code, params, Place(file, line + 1, column + 1), severity="warning")
