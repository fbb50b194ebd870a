"""Numbers that cannot well be so."""

from __future__ import annotations

import pytest

from plsp_audit.loading.facts import dictionary
from plsp_audit.loading.observer import Observer
from plsp_audit.loading.odd_numbers import OddNumbers
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.model.facts import FactsFile
from plsp_audit.model.values import Fault

FACTS = {
    "staff.full_time": {"label": "专职人员", "type": "integer", "unit": "人"},
    "premises.area": {"label": "面积", "type": "number", "unit": "㎡"},
    "answered.rate": {"label": "办结率", "type": "number", "unit": "%"},
}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ("  专职人员: -1\n", [("input.below_nothing", 2, 9)]),
        ("  staff:\n    full_time: -2人\n", [("input.below_nothing", 3, 16)]),
        ("  staff.full_time: -2\n", [("input.below_nothing", 2, 20)]),
        ("  面积: -0.5\n  办结率: 131%\n", [("input.below_nothing", 2, 7), ("input.above_whole", 3, 8)]),
        ("  办结率: 100.5\n", [("input.above_whole", 2, 8)]),
        ("  专职人员: 0\n  面积: 1200\n  办结率: 100%\n", []),
        ("  专职人员: 无\n  面积: 未查\n  办结率:\n", []),
    ],
)
def test_they_are_told_where_they_stand(facts: str, told: list[tuple[str, int, int]]) -> None:
    known = dictionary([FactsFile.model_validate({"plsp": "facts/1", "facts": FACTS})])
    document = read_bytes(f"检查情况:\n{facts}".encode(), "site.yaml", "yaml")
    faults: list[Fault] = []
    tree = document.tree
    assert isinstance(tree, dict)
    values = Observer(known).read(tree["检查情况"], ("检查情况",), faults)
    assert not faults
    found = OddNumbers(known).warnings(values, document)
    assert [(p.code, p.place.line, p.place.column) for p in found] == told
    assert all(p.severity == "warning" for p in found)
