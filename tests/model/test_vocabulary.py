from __future__ import annotations

import pytest

from plsp_audit.model.vocabulary import KINDS, METHODS, SITE_WORDS

EXPECTED = {
    "top": {
        "场所": "site",
        "标准": "standard",
        "检查": "inspection",
        "暂不参评": "not_rated",
        "检查情况": "facts",
        "评分": "judgements",
        "自评分": "self_scores",
        "不适用": "not_applicable",
        "豁免": "waivers",
        "佐证": "evidence",
        "备注": "notes",
    },
    "site": {
        "编号": "id",
        "名称": "name",
        "层级": "tier",
        "省": "province",
        "市": "city",
        "县": "county",
        "乡镇": "town",
        "村": "village",
        "负责人": "head",
        "电话": "phone",
    },
    "inspection": {
        "日期": "date",
        "类型": "kind",
        "组别": "team",
        "检查人员": "inspectors",
        "检查方式": "methods",
    },
    "judgement": {"得分": "points", "扣分": "deduct", "说明": "note"},
    "waiver": {"条目": "rule", "理由": "reason", "批准单位": "approved_by", "有效期至": "until"},
}


@pytest.mark.parametrize("block", EXPECTED)
def test_every_fixed_word_has_its_key(block: str) -> None:
    assert dict(SITE_WORDS[block]) == EXPECTED[block]


def test_there_are_no_other_blocks() -> None:
    assert SITE_WORDS.keys() == EXPECTED.keys()


def test_kinds_of_inspection() -> None:
    assert dict(KINDS) == {"自查": "self", "验收": "acceptance", "复验": "recheck", "抽查": "spot_check"}


def test_the_maps_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        KINDS["查"] = "self"  # type: ignore[index]


def test_usual_methods() -> None:
    assert METHODS[:4] == ("实地查看", "查阅资料", "座谈交流", "现场评分")
