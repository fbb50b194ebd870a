"""What comes again is remembered, what comes once is forgotten, and no object is taken for another."""

from __future__ import annotations

from plsp_audit.model.recent import Recent


def test_what_comes_again_stays_and_what_comes_once_goes() -> None:
    recent: Recent[int] = Recent(10)
    often, all_of_them = object(), []
    recent.put(often, 1)
    for number in range(1000):
        once = object()
        all_of_them.append(once)
        recent.put(once, number)
        assert recent.get(once) == number
        assert recent.get(often) == 1
        assert len(recent) <= 20
    assert recent.get(all_of_them[0]) is None


def test_an_object_is_known_by_itself() -> None:
    recent: Recent[str] = Recent(10)
    one = [1]
    recent.put(one, "one")
    assert recent.get([1]) is None
    assert recent.get(one) == "one"


def test_the_place_of_a_forgotten_object_is_not_the_object() -> None:
    recent: Recent[int] = Recent(2)
    for number in range(5000):
        made = [number]
        assert recent.get(made) is None
        recent.put(made, number)
