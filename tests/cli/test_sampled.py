"""Sampled tiers as the command line names them."""

from __future__ import annotations

import click
import pytest

from plsp_audit.cli.sampled import sampled_given


def test_tiers_stand_by_id_or_label_and_places_before_them() -> None:
    given = ["room=87", "工作站", "Room＝12", "银川市/工作室 = 5", "银川市/兴庆区/station"]
    assert sampled_given(given[:2], "zh") == {"room": 87, "station": None}
    assert sampled_given(given[2:], "zh") == {"room": 12, "银川市/room": 5, "银川市/兴庆区/station": None}
    assert sampled_given(["rom=3"], "zh") == {"rom": 3}


@pytest.mark.parametrize("text", ["", "=3", "room=", "room=0", "room=-1", "room=many", "room=½"])
def test_anything_else_is_a_mistake_of_usage(text: str) -> None:
    with pytest.raises(click.UsageError, match="room=87"):
        sampled_given([text], "zh")
