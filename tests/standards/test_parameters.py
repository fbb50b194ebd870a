from __future__ import annotations

from typing import Any

import pytest

from plsp_audit.model.standard import Parameter
from plsp_audit.standards.parameters import filled, in_words, names_in
from tests.standards.factory_packs import RULES, Packs, rule


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("100", "㎡", "100㎡"),
        ("100㎡", "㎡", "100㎡"),
        ("2018-10-31", None, "2018年10月31日"),
        ("2018-10", None, "2018年10月"),
        (["谈话室", "调解室"], None, "谈话室、调解室"),
        ("12348", None, "12348"),
    ],
)
def test_a_parameter_in_words(value: Any, unit: str | None, words: str) -> None:
    assert in_words(Parameter(value=value, unit=unit)) == words


def test_values_are_put_in_whole_and_words_with_their_unit() -> None:
    parameters = {"least": Parameter(value="100", unit="㎡"), "rooms": Parameter(value=["talk", "mediate"])}
    raw = {"title": "不少于$least", "check": {"all": [{"fact": "area", "at_least": "$least"},
           {"fact": "rooms", "includes": "$rooms", "title": "$rooms"}]}}  # fmt: skip
    unknown: set[str] = set()
    assert filled(raw, parameters, unknown) == {
        "title": "不少于100㎡",
        "check": {"all": [{"fact": "area", "at_least": "100"},
                          {"fact": "rooms", "includes": ["talk", "mediate"], "title": "talk、mediate"}]},
    }  # fmt: skip
    assert unknown == set()
    assert names_in(raw) == {"least", "rooms"}


def test_an_unknown_parameter_is_named_with_those_there_are(packs: Packs) -> None:
    packs.sound(rules=[*RULES, rule("A-3", check={"fact": "faults", "at_most": "$mots"})])
    [problem] = packs.faults()
    assert (problem.code, problem.params["name"], problem.params["known"]) == (
        "standard.unknown_parameter",
        "mots",
        "least",
    )


def test_a_parameter_may_be_an_operand(packs: Packs) -> None:
    by = {"by": "tier", "of": {"station": 80}, "default": 10}
    packs.sound(parameters={"least": {"value": by}})
    assert packs.lint() == []
    check: Any = packs.resolve().standard.rules["station"][0].check
    assert (check.at_least.by, check.at_least.of) == ("tier", {"station": "80"})
