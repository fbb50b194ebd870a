from __future__ import annotations

from plsp_audit.standards.lineage import lineage
from tests.standards.factory_packs import Packs


def line(packs: Packs, name: str) -> list[str]:
    library = packs.library()
    return [pack.file.id for pack in lineage(library.load(name), library.load)]


def test_ancestors_stand_before_descendants(packs: Packs) -> None:
    packs.sound("a")
    packs.child("b", extends="a")
    packs.child("c", extends=["b"])
    assert line(packs, "c") == ["a", "b", "c"]


def test_a_diamond_has_its_top_once(packs: Packs) -> None:
    packs.sound("top")
    packs.child("left", extends="top")
    packs.child("right", extends="top")
    packs.child("bottom", extends=["left", "right"])
    assert line(packs, "bottom") == ["top", "left", "right", "bottom"]
    assert packs.faults("bottom") == []


def test_a_cycle_is_named_in_full(packs: Packs) -> None:
    packs.child("a", extends="c")
    packs.child("b", extends="a")
    packs.child("c", extends="b")
    problems = packs.faults("c")
    assert [p.code for p in problems if "chain" in p.params] == ["standard.cycle"]
    assert next(p for p in problems if p.code == "standard.cycle").params["chain"] == "c → b → a → c"
    assert all(p.place.line for p in problems)


def test_a_standard_that_extends_itself(packs: Packs) -> None:
    packs.child("a", extends="a")
    assert [p.params["chain"] for p in packs.faults("a")] == ["a → a"]


def test_a_parent_that_is_not_there(packs: Packs) -> None:
    packs.sound("gansu")
    packs.child("b", extends="gansuu")
    (fault,) = packs.faults("b")
    assert fault.code == "standard.unknown_standard_near"
    assert fault.params["near"] == "gansu"
    assert fault.place.line == 4


def test_what_is_wrong_with_a_parent_is_told(packs: Packs) -> None:
    packs.sound("a", tears=3)
    packs.child("b", extends="a")
    assert [p.code for p in packs.faults("b")] == ["standard.parent_unusable", "schema.unknown_key_near"]
