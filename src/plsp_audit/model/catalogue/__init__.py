"""The one place where words for users stand: Chinese and English, by key.

`zh/*.toml` and `en/*.toml` hold the sentences. The first part of a key is the file, the rest the key in it:
`problem.unknown_key` is `unknown_key` in `problem.toml`.
"""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Lang = Literal["zh", "en"]

_SINGULAR = {"entries": "entry", "copies": "copy"} | {
    f"{word}s": word
    for word in (
        *("area", "case", "character", "clause", "column", "day", "error", "fact", "fault", "file", "item"),
        *("level", "part", "place", "point", "problem", "row", "rule", "site", "standard", "step", "tier", "warning"),
    )
}
# English counts one thing with another word; Chinese does not.
_ONE = re.compile(rf"(?<![\d.,/–-])1 ({'|'.join(_SINGULAR)})\b")


@cache
def _table(lang: Lang, name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(lang, f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _sentence(key: str, lang: Lang) -> str:
    name, *rest = key.split(".")
    node: Any = _table(lang, name)
    for part in rest:
        node = node[part]
    return str(node)


def say(key: str, lang: Lang = "zh", /, **params: object) -> str:
    """Give the sentence of `key` in `lang`, filled with `params`.

    Args:
        key: `file.key` or `file.table.key`.
        lang: `zh` or `en`.
        params: What the braces in the sentence stand for.

    Raises:
        KeyError: The catalogue has no such key; a bug, which the tests look for.
    """
    sentence = _sentence(key, lang)
    if not params:
        return sentence
    text = sentence.format(**params)
    return _ONE.sub(lambda found: f"1 {_SINGULAR[found[1]]}", text) if lang == "en" and "1 " in text else text


def sentences(name: str, lang: Lang = "zh") -> dict[str, Any]:
    """Give all sentences of the file `name`, unfilled and nested, for a page that fills them itself."""
    return deepcopy(_table(lang, name))


def known(key: str, lang: Lang = "zh") -> bool:
    """Tell whether the catalogue has `key`."""
    try:
        say(key, lang)
    except KeyError:
        return False
    return True
