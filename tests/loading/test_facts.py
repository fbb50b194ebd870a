"""Dictionaries of facts: every fault of a file at once, and how they lie over one another."""

from __future__ import annotations

from typing import Any

import pytest

from plsp_audit.loading.facts import dictionary, read_facts, unknown_extensions
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.model.content import content_dir
from plsp_audit.model.facts import Fact, FactsFile
from plsp_audit.model.problem import InputError


def facts(text: str) -> FactsFile:
    return read_facts(read_bytes(("plsp: facts/1\n" + text).encode(), "f"))


def told(text: str) -> list[Any]:
    with pytest.raises(InputError) as caught:
        facts(text)
    return [(p.code.partition(".")[2], p.place.line, p.place.column) for p in caught.value.problems]


def test_eleven_mistakes_in_one_dictionary() -> None:
    text = """facts:
  a: {label: 甲, type: yes_no}
  b: {label: 甲, type: number}
  c: {label: 丙, type: numbr}
  d: {labl: 丁, type: text}
  e: {label: 戊, type: choice}
  f: {label: 己, type: text, options: {x: 一}}
  g: {label: 庚, type: choices, options: {x: 一、二, y: {label: 三, aliases: [x]}}}
  h: {label: 辛, type: records}
  i: {label: 壬, type: records, fields: {n: {label: 数, type: number}, m: {label: 数, type: text}}}
more: 1
"""
    assert told(text) == [
        ("fact_name_taken", 4, 3),
        ("one_of_wanted", 5, 23),
        ("missing_key", 6, 6),
        ("unknown_key_near", 6, 7),
        ("no_options", 7, 3),
        ("options_not_wanted", 8, 3),
        ("option_separator", 9, 42),
        ("option_name_taken", 9, 50),
        ("records_fields", 10, 3),
        ("fact_name_taken", 11, 32),
        ("unknown_key_near", 12, 1),
    ]


def test_later_names_win() -> None:
    shared = facts(
        "facts:\n  a: {label: 甲, type: yes_no, aliases: [A]}\n  b: {label: 乙, type: choice, options: {x: 一}}\n"
    )
    own = facts("facts:\n  c: {label: 甲, type: text}\n  b: {more_options: {y: 二}}\nmore_options:\n  z: {q: 三}\n")
    whole = dictionary([shared, own])
    assert whole.find("甲") == "c"
    assert whole.find("ａ") == "a"
    assert list(whole.facts["b"].options) == ["x", "y"]
    assert unknown_extensions(own, dictionary([shared])) == ["z"]
    assert unknown_extensions(own, dictionary([])) == ["z", "b"]


@pytest.mark.parametrize("text", ["facts: []\n", "facts: {a: 1}\n", "facts: {a: {}}\n", "facts:\n"])
def test_no_facts_at_all(text: str) -> None:
    assert told(text)


def test_people_may_be_counted_in_every_usual_word() -> None:
    shipped = read_facts(read_bytes((content_dir("standards") / "facts.yaml").read_bytes(), "facts.yaml")).facts
    counted = [fact for fact in shipped.values() if isinstance(fact, Fact) and fact.unit == "人"]
    assert counted
    assert {tuple(fact.unit_aliases) for fact in counted} == {("名", "位")}
