"""A memory of what was made of objects lately, which forgets what does not come again."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """What was made of objects, known by the objects themselves.

    It holds two generations. When the younger one is full, the older one is forgotten, save for what was asked for
    meanwhile: what comes with every site stays, what comes once is gone before long.

    Args:
        most: How many objects a generation holds.
    """

    __slots__ = ("_most", "_old", "_young")

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[int, tuple[Any, T]] = {}
        self._old: dict[int, tuple[Any, T]] = {}

    def get(self, of: object) -> T | None:
        """Give what was made of an object, None where that is not known."""
        key = id(of)
        known = self._young.get(key)
        if known is not None:
            return known[1] if known[0] is of else None
        known = self._old.pop(key, None)
        if known is None or known[0] is not of:
            return None
        self._put(key, known)
        return known[1]

    def put(self, of: object, made: T) -> T:
        """Remember what was made of an object, and give it."""
        self._put(id(of), (of, made))
        return made

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def _put(self, key: int, known: tuple[Any, T]) -> None:
        if len(self._young) >= self._most:
            self._old, self._young = self._young, {}
        self._young[key] = known
