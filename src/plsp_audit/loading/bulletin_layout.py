"""The layout of circulars, and what a bureau's own file restates of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plsp_audit.loading.read_file import read_path
from plsp_audit.loading.validation import validated
from plsp_audit.model.bulletin_layout import Layout
from plsp_audit.model.content import content_dir
from plsp_audit.model.problem import InputError, Place, Problem

NAME = "bulletin/layout.yaml"


def read_layout(templates: Sequence[Path] = ()) -> Layout:
    """Give the shipped layout, with what the first of `templates` that has a layout restates of it.

    Raises:
        InputError: Everything that is wrong with the bureau's file.
    """
    document = read_path(content_dir("reports") / NAME)
    tree = document.tree
    own = next((folder / NAME for folder in templates if (folder / NAME).is_file()), None)
    if own is not None:
        document = read_path(own, str(own))
        tree = _restated(tree, document.tree) if isinstance(document.tree, dict) else document.tree
    layout = validated(Layout, tree, document)
    if own is not None and not _has_room(layout):
        raise InputError([Problem("bulletin.problem.no_room", {}, Place(str(own)))])
    return layout


def _restated(shipped: Any, own: Any) -> Any:
    if not (isinstance(shipped, dict) and isinstance(own, dict)):
        return own
    return {**shipped, **{key: _restated(shipped.get(key), value) for key, value in own.items()}}


def _has_room(layout: Layout) -> bool:
    """Tell whether what is set in the layout's sizes fits between its margins."""
    paper = layout.paper
    wide, tall = paper.width - paper.left - paper.right, paper.height - paper.top - paper.bottom
    point = 254 / 720
    size = layout.sizes.body * point
    # Characters may touch and lines may be tight, but not run into one another.
    return wide >= layout.grid.characters * size * 9 / 10 and tall >= layout.grid.lines * size
