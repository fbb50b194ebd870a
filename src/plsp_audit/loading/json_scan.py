"""A strict JSON scanner that knows where everything stands; it explains faults and finds places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

#: What a scanner gives: `{`, `[`, `}` (the end of either), `=` for a key or scalar; its offset; its text.
Item = tuple[str, int, str | None]

_TOKEN = re.compile(
    r'([{}\[\],:])|"((?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"'
    r"|(-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)(?![\w.+-])|(true|false|null)(?!\w)"
)
_SPACE = re.compile(r"[ \t\n\r]*+")


class JsonFaultError(Exception):
    """The text is no JSON.

    Attributes:
        code: The problem's code.
        offset: Where.
        params: What its sentence needs.
    """

    def __init__(self, code: str, offset: int, **params: str) -> None:
        self.code, self.offset, self.params = code, offset, params
        super().__init__(code)


def json_items(text: str) -> Iterator[Item]:
    """Go through `text` once, without recursion.

    Raises:
        JsonFaultError: At the first place where it is no JSON.
    """
    # What may come next: v a value, V a value or the end of the list, k a key, K a key or the end of the object,
    # : a colon, `,` a comma or an end, $ nothing.
    stack: list[tuple[str, int]] = []
    want, at, length = "v", _space(text, 0), len(text)
    while at < length:
        found = _TOKEN.match(text, at)
        if found is None or want == "$":
            raise _fault(text, at, want, stack)
        mark, string, number, word = found.groups()
        if mark is None and want in "vVkK":
            if string is None and want in "kK":
                raise _fault(text, at, want, stack)
            value = _string(string, at) if string is not None else number or (None if word == "null" else word)
            yield "=", at, value
            want = ":" if want in "kK" else _after(stack)
        elif mark == ":" and want == ":":
            want = "v"
        elif mark == "," and want == ",":
            want = "k" if stack[-1][0] == "{" else "v"
        elif mark in ("{", "[") and want in "vV":
            yield str(mark), at, None
            stack.append((mark, at))
            want = "K" if mark == "{" else "V"
        elif stack and (mark, stack[-1][0]) in (("}", "{"), ("]", "[")) and want in {"}": "K,", "]": "V,"}[str(mark)]:
            stack.pop()
            yield "}", at, None
            want = _after(stack)
        else:
            raise _fault(text, at, want, stack)
        at = _space(text, found.end())
    if want != "$":
        raise _unfinished(text, stack)


def _after(stack: list[tuple[str, int]]) -> str:
    return "," if stack else "$"


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _string(raw: str, at: int) -> str:
    if "\\" not in raw:
        return raw
    value = json.loads(f'"{raw}"')
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise JsonFaultError("file_escaped_control", at)
    return str(value)


def _fault(text: str, at: int, want: str, stack: list[tuple[str, int]]) -> JsonFaultError:
    char = text[at]
    rules = (
        ("json_wide_mark", char in "：，｛｝［］“”＂‘’「」"),
        ("json_text_after_end", want == "$"),
        ("json_single_quote", char == "'"),
        ("json_comment", text.startswith(("//", "/*", "#"), at)),
        ("json_open_string", char == '"' and want in "vVkK"),
        ("json_trailing_comma", char in "}]" and want in "vk"),
        ("json_no_colon", want == ":"),
        ("json_no_comma", want == ","),
        ("json_key", want in "kK"),
    )
    code = next((name for name, holds in rules if holds), "json_value")
    word = re.split(r"[\s,:\]}]", text[at : at + 20], maxsplit=1)[0]
    return JsonFaultError(code, at, found=char if code == "json_wide_mark" else word or char)


def _unfinished(text: str, stack: list[tuple[str, int]]) -> JsonFaultError:
    if not stack:
        return JsonFaultError("file_empty", 0)
    mark, offset = stack[-1]
    return JsonFaultError("json_unclosed", offset, open=mark, close="}" if mark == "{" else "]")
