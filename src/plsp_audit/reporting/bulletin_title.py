"""The title of a circular, broken into lines where its sense allows, none much shorter than the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from plsp_audit.model.catalogue import Lang

_PIECES = re.compile(r"[A-Za-z0-9.\-—]+年?|《[^》]{0,12}》|.")
_NOT_FIRST = "、，。；：）》”’！？"
_NOT_LAST = "（《“‘"
_SENSE = re.compile("(关于|公共法律服务|工作站|工作室|情况的通报|、|（|验收|检查)")
_MOST_PIECES = 24
_AT_BREAK = 0.2


def title_lines(parts: Sequence[str], most: int, lang: Lang = "zh") -> tuple[str, ...]:
    """Break a title into as few lines as hold it.

    Args:
        parts: The title in pieces between which it reads well to break it.
        most: How many full-width characters a line holds.
        lang: Latin words take half the width, and stay whole.
    """
    if lang == "en":
        words = " ".join(parts).split()
        return _best([word + " " for word in words], 2 * most) or (" ".join(words),)
    whole = "".join(parts)
    if len(whole) <= most:
        return (whole,)
    return _best([part for part in parts if part], most) or _best(_pieces(whole), most) or (whole,)


def _pieces(text: str) -> list[str]:
    """Cut a title of which no pieces are known: before words that often begin a line of a title, else anywhere."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        if found and (piece[0] in _NOT_FIRST or found[-1][-1] in _NOT_LAST):
            found[-1] += piece
        else:
            found.append(piece)
    while len(found) > _MOST_PIECES:
        shortest = min(range(len(found) - 1), key=lambda at: len(found[at]) + len(found[at + 1]))
        found[shortest : shortest + 2] = ["".join(found[shortest : shortest + 2])]
    return found


def _best(pieces: Sequence[str], most: int) -> tuple[str, ...]:
    """Give the fewest lines that hold the pieces, as even as can be; none where a piece is too long."""
    for count in range(1, min(len(pieces), 5) + 1):
        found = []
        for cuts in combinations(range(1, len(pieces)), count - 1):
            edges = [0, *cuts, len(pieces)]
            lines = ["".join(pieces[a:b]).strip() for a, b in pairwise(edges)]
            if max(map(len, lines)) <= most:
                found.append((_uneven(lines), tuple(lines)))
        if found:
            return min(found)[1]
    return ()


def _uneven(lines: Sequence[str]) -> float:
    """Weigh how ill lines look: uneven ones, one that is longest at both ends, and breaks within a word."""
    sizes = [len(line) for line in lines]
    mean = sum(sizes) / len(sizes)
    ill = sum((size - mean) ** 2 for size in sizes)
    if len(sizes) > 2 and max(sizes[1:-1]) < min(sizes[0], sizes[-1]):
        ill += mean**2
    text, at = "".join(lines), 0
    for size in sizes[:-1]:
        at += size
        if not any(match.start() == at or match.end() == at for match in _SENSE.finditer(text)):
            ill += _AT_BREAK * mean**2
    return ill
