"""Words in open lists that look like a misspelt option."""

from __future__ import annotations

import pytest

from plsp_audit.loading.facts import dictionary
from plsp_audit.loading.observer import Observer
from plsp_audit.loading.open_words import MAX_WARNINGS, OpenWords
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.model.facts import FactDictionary, FactsFile
from plsp_audit.model.problem import Problem
from plsp_audit.model.values import Fault

OPTIONS = {
    "legal_aid": {"label": "法律援助", "aliases": ["法援中心"]},
    "mediation": {"label": "人民调解"},
    "kiosk": {"label": "自助终端机"},
}
FACTS = {
    "functions": {"label": "职能", "type": "choices", "open": True, "options": OPTIONS},
    "closed": {"label": "固定项", "type": "choices", "options": OPTIONS},
    "host": {"label": "依托", "type": "choice", "open": True, "options": OPTIONS},
    "things": {"label": "设备", "type": "counts", "open": True, "options": OPTIONS},
    "windows": {
        "label": "窗口",
        "type": "records",
        "fields": {
            "service": {"label": "业务", "type": "choice", "open": True, "options": OPTIONS},
            "sign": {"label": "标识", "type": "text"},
        },
    },
}


@pytest.fixture(name="facts_known")
def dictionary_of_facts() -> FactDictionary:
    return dictionary([FactsFile.model_validate({"plsp": "facts/1", "facts": FACTS})])


def warned(facts_known: FactDictionary, facts: str) -> list[Problem]:
    document = read_bytes(f"检查情况:\n{facts}".encode(), "site.yaml", "yaml")
    faults: list[Fault] = []
    tree = document.tree
    assert isinstance(tree, dict)
    values = Observer(facts_known).read(tree["检查情况"], ("检查情况",), faults)
    assert not faults
    return OpenWords(facts_known).warnings(values, document)


@pytest.mark.parametrize(
    ("facts", "near", "line", "column"),
    [
        ("  职能: [人民调解, 法律援肋]\n", "法律援助", 2, 14),
        ("  职能: 人民调解、法律援肋\n", "法律援助", 2, 7),
        ("  职能:\n    无: [法律援肋]\n", "法律援助", 3, 9),
        ("  职能:\n    - 法援中芯\n", "法律援助", 3, 7),
        ("  职能: [legal_ade]\n", "法律援助", 2, 8),
        ("  依托: 人民调节\n", "人民调解", 2, 7),
        ("  职能: 法律援助 人民调解\n", "法律援助、人民调解", 2, 7),
        ("  设备:\n    自助终端: 2\n", "自助终端机", 3, 5),
        ("  窗口:\n    - {业务: 法律援助}\n    - {业务: 人民调节, 标识: 人民调节窗口}\n", "人民调解", 4, 12),
    ],
)
def test_a_near_miss_is_told_where_it_stands(
    facts_known: FactDictionary, facts: str, near: str, line: int, column: int
) -> None:
    (problem,) = warned(facts_known, facts)
    assert (problem.code, problem.severity) == ("input.near_option", "warning")
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.text("zh").count(near) == 1


@pytest.mark.parametrize(
    "facts",
    [
        "  职能: [法律援助, 法援中心, LEGAL_AID]\n",
        "  职能: [行政复议, 心理咨询]\n",
        "  职能: 无\n",
        "  职能: 未查\n",
        "  依托: 无\n",
        "  设备: {自助终端机: 未查, 打印机: 1}\n",
        "  窗口: [{业务: 未查, 标识: 法律援肋}]\n",
        "  固定项: [法律援助]\n",
    ],
)
def test_what_is_an_option_or_something_else_is_left_alone(facts_known: FactDictionary, facts: str) -> None:
    assert warned(facts_known, facts) == []


def test_the_same_word_is_told_once_and_not_too_many(facts_known: FactDictionary) -> None:
    rows = "".join("    - {业务: 人民调节}\n" for _ in range(5))
    assert len(warned(facts_known, f"  窗口:\n{rows}")) == 1
    words = "、".join(f"自助终端机{n}" for n in range(MAX_WARNINGS + 5))
    assert len(warned(facts_known, f"  职能: {words}\n")) == MAX_WARNINGS
