"""Comparing text as people mean it: NFKC, no stray white space, and the nearest known name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SPACE = re.compile(r"\s+")


def nfkc(text: str) -> str:
    """Give `text` in NFKC without outer white space: full-width digits, brackets and colons become half-width."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Give the form by which names are looked up: NFKC, one blank for any white space, case folded."""
    return _SPACE.sub(" ", nfkc(text)).casefold()


@lru_cache(maxsize=16384)
def squeezed(text: str) -> str:
    """Give `text` in NFKC without any white space, case folded: for plates and names."""
    return _SPACE.sub("", nfkc(text)).casefold()


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Give up to `count` of the known names that are most like `name`, the most alike first."""
    by_fold: dict[str, str] = {}
    for item in known:
        by_fold.setdefault(folded(item), item)
    wanted = folded(name)[:60]
    close = difflib.get_close_matches(wanted, list(by_fold), n=count, cutoff=0.55)
    others = [k for k in by_fold if k not in close and len(wanted) >= 2]
    holds = [k for k in others if wanted in k or (len(k) >= 2 and k in wanted)]
    return [by_fold[k] for k in (close + sorted(holds, key=len))[:count]]
