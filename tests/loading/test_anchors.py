"""Content that is named once and stands in several places."""

from __future__ import annotations

import pytest

from plsp_audit.loading.anchors import ONE, Anchors, Extent
from plsp_audit.loading.faults import Faults
from plsp_audit.loading.limits import MAX_SCALARS
from plsp_audit.loading.tree import read_tree
from plsp_audit.model.problem import InputError


@pytest.fixture
def faults() -> Faults:
    return Faults("a: 1\nb: 2\n", "f")


def test_a_name_stands_for_its_latest_content(faults: Faults) -> None:
    anchors = Anchors(faults)
    anchors.put("x", ["1", {"a": None, "b": ["2"]}], 0)
    assert anchors.get("x", 5, []) == (["1", {"a": None, "b": ["2"]}], Extent(5, 3, 3))
    anchors.put("x", "now", 3)
    assert anchors.get("x", 5, []) == ("now", ONE)
    anchors.finish()
    assert faults.problems == []


def test_what_does_not_exist_or_holds_itself_is_told_once(faults: Faults) -> None:
    anchors = Anchors(faults)
    inner: list[object] = []
    anchors.put("x", inner, 0)
    assert anchors.get("y", 5, []) is None
    assert anchors.get("y", 6, []) is None
    assert anchors.get("x", 7, [inner]) is None
    assert [(p.code, p.params["name"], p.place.line) for p in faults.problems] == [
        ("yaml_alias", "y", 2), ("yaml_alias", "x", 2),
    ]  # fmt: skip


def test_an_ampersand_before_mere_text_was_meant_as_text(faults: Faults) -> None:
    anchors = Anchors(faults)
    anchors.put("B", "座", 3)
    anchors.put("C", {}, 4)
    anchors.finish()
    assert [(p.code, p.params["name"]) for p in faults.problems] == [("yaml_anchor", "B")]


def test_counting_ends_where_a_file_may_hold_no_more(faults: Faults) -> None:
    anchors = Anchors(faults)
    node: list[object] = ["x"] * 10
    for _ in range(20):
        node = [node] * 10
    anchors.put("x", node, 0)
    found = anchors.get("x", 5, [])
    assert found is not None
    assert found[1].scalars <= MAX_SCALARS + 10 or found[1].containers


def test_a_bomb_is_refused_at_the_line_that_explodes() -> None:
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    with pytest.raises(InputError) as caught:
        read_tree(text, "f")
    (problem,) = caught.value.problems
    assert problem.code == "file_too_many_values"
    assert 5 <= (problem.place.line or 0) <= 8
