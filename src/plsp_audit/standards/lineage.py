"""Who a standard is made from: ancestors before descendants, each once."""

from __future__ import annotations

from collections.abc import Callable

from plsp_audit.loading.packs import Pack
from plsp_audit.model.problem import InputError, Problem


def lineage(pack: Pack, load: Callable[[str], Pack]) -> list[Pack]:
    """List the pack's ancestors before their descendants, each once, the pack itself last. Diamonds are fine.

    Args:
        pack: The standard.
        load: Gives the pack of an id.

    Raises:
        InputError: A cycle, named in full, or a parent that cannot be read.
    """
    known: dict[str, Pack] = {}

    def walk(current: Pack, trail: tuple[str, ...]) -> list[Pack]:
        order: list[Pack] = []
        for i, parent in enumerate(current.file.extends or []):
            here = current.document.place(("extends", i))
            if parent in (*trail, current.file.id):
                chain = " → ".join((*trail, current.file.id, parent))
                raise InputError([Problem("standard.cycle", {"chain": chain}, here)])
            try:
                found = known.get(parent) or known.setdefault(parent, load(parent))
            except InputError as error:
                if not error.problems[0].place.file:
                    raise InputError(p.at(here) for p in error.problems) from None
                about = Problem("standard.parent_unusable", {"parent": parent}, here)
                raise InputError([about, *error.problems]) from None
            order += [p for p in walk(found, (*trail, current.file.id)) if p not in order]
        return [*order, current]

    return walk(pack, ())
