"""What the examples say is what the dictionary knows: a slip in an open list would go unnoticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.loading.packs import Library
from plsp_audit.model.values import Members

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted([*(ROOT / "examples").glob("*.yaml"), *(ROOT / "examples" / "recheck").glob("*.yaml")])
LIKE_AN_ID = re.compile(r"[a-z_]+")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_member_is_an_id_that_nobody_knows(path: Path) -> None:
    opened = Desk(Library([ROOT / "examples" / "standards"])).open(path)
    known = opened.prepared.compiled.standard.facts.facts
    odd = [
        (fact, member)
        for fact, value in opened.inspection.facts.items()
        for member in (value.present | value.absent | value.unknown if isinstance(value, Members) else ())
        if member not in known[fact].options and LIKE_AN_ID.fullmatch(member)
    ]
    assert not odd
