"""Comparing text as people mean it: NFKC, no stray white space, and the nearest known name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_CUTOFF = 0.55
_SLIP = 0.75
_SHORT_SLIP = 0.66
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
    wanted = folded(name[:200])[:60]
    close = _alike(wanted, by_fold)[:count]
    others = [k for k in by_fold if k not in close and len(wanted) >= 2]
    holds = [k for k in others if wanted in k or (len(k) >= 2 and k in wanted)]
    return [by_fold[k] for k in (close + sorted(holds, key=len))[:count]]


def misspelt(word: str, known: Iterable[str]) -> str | None:
    """Give the known name that `word` was most likely meant for: one sign in four is another, or one of three."""
    by_fold = {folded(item): item for item in known}
    wanted = folded(word[:200])[:60]
    near = _alike(wanted, by_fold, _SLIP if len(wanted) > 3 else _SHORT_SLIP)
    return by_fold[near[0]] if near else None


def _same_start(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _alike(wanted: str, known: Iterable[str], least: float = _CUTOFF) -> list[str]:
    """Give what is written nearly like `wanted`, the most alike first; among equals what begins alike."""
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(wanted)
    found = []
    for rank, name in enumerate(known):
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
            found.append((-matcher.ratio(), -_same_start(wanted, name), rank, name))
    return [name for *_, name in sorted(found)]
