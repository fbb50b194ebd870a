from __future__ import annotations

from collections.abc import Mapping

import pytest

from plsp_audit.loading.bind import RuleNames
from plsp_audit.loading.facts import dictionary
from plsp_audit.loading.site_heads import Column, HeadFault, column_of
from plsp_audit.loading.site_names import TableNames, table_names
from plsp_audit.model.facts import FactsFile

SHARED = {
    "premises.area": {
        "label": "场所面积",
        "type": "number",
        "unit": "㎡",
        "unit_aliases": ["平方米"],
        "aliases": ["面积"],
    },
    "phone.line": {"label": "电话", "type": "text", "aliases": ["热线", "社区"]},
    "functions": {"label": "职能", "type": "choices", "options": {"aid": {"label": "法律援助", "aliases": ["法援"]}}},
    "other.functions": {"label": "其他职能", "type": "choices", "open": "true", "options": {"aid": "法律援助"}},
    "office": {"label": "办公设备", "type": "counts", "options": {"fax": "传真机"}},
    "windows": {"label": "服务窗口", "type": "records", "fields": {"sign": {"label": "窗口标牌", "type": "text"}}},
}
OWN = {"own.area": {"label": "面积", "type": "number"}, "sum": {"label": "序号", "type": "integer"}}


def facts(entries: Mapping[str, object]) -> FactsFile:
    return FactsFile.model_validate({"plsp": "facts/1", "facts": entries})


def rules(judged: dict[str, str], **parts: int) -> RuleNames:
    return RuleNames(frozenset(parts), parts, judged, frozenset())


NAMES = table_names(
    [dictionary([facts(SHARED)])],
    [rules({"R1": "points", "R2/1": "deduct", "R2/2": "deduct_each", "R5": "points"}, R1=0, R2=2, R3=0, R5=0),
     rules({"R5": "deduct"}, R5=0)],
)  # fmt: skip
TWO = table_names([dictionary([facts(SHARED)]), dictionary([facts(SHARED), facts(OWN)])], [])


@pytest.mark.parametrize(
    ("head", "path", "kind"),
    [
        ("编号", ("site", "id"), "text"),
        ("site.id", ("site", "id"), "text"),
        ("场所.名称", ("site", "name"), "text"),
        (" 名 称 ", None, ""),
        ("名称*", ("site", "name"), "text"),
        ("日期（必填）：", ("inspection", "date"), "text"),
        ("检查\n日期", ("inspection", "date"), "text"),
        ("检查.类型", ("inspection", "kind"), "text"),
        ("检查人员", ("inspection", "inspectors"), "list"),
        ("标准", ("standard",), "text"),
        ("暂不参评", ("not_rated",), "not_rated"),
        # A site word wins over a fact only where it is that very word: 社区 is only a usual one.
        ("电话", ("site", "phone"), "text"),
        ("社区", ("facts", "phone.line"), "text"),
        ("县（市、区）", ("site", "county"), "text"),
        ("premises.area", ("facts", "premises.area"), "text"),
        ("facts.premises.area", ("facts", "premises.area"), "text"),
        ("检查情况.面积", ("facts", "premises.area"), "text"),
        ("场所\n面积", ("facts", "premises.area"), "text"),
        ("场所面积（㎡）", ("facts", "premises.area"), "text"),
        ("面积(平方米)", ("facts", "premises.area"), "text"),
        ("职能（可多选）", ("facts", "functions"), "members"),
        ("职能.法援", ("facts", "functions", "aid"), "mark"),
        ("职能：法律援助", ("facts", "functions", "aid"), "mark"),
        ("其他职能.公证", ("facts", "other.functions", "公证"), "mark"),
        ("办公设备·传真机", ("facts", "office", "fax"), "text"),
        ("office.fax", ("facts", "office", "fax"), "text"),
        ("服务窗口", ("facts", "windows"), "records"),
        ("R1", ("judgements", "R1", "points"), "text"),
        ("r1 得分", ("judgements", "R1", "points"), "text"),
        ("Ｒ１（说明）", ("judgements", "R1", "note"), "text"),
        ("R1考核分", ("judgements", "R1", "points"), "text"),
        ("R2/1", ("judgements", "R2/1", "deduct"), "text"),
        ("R2／2 扣分", ("judgements", "R2/2", "deduct"), "deducts"),
        ("评分.R1.得分", ("judgements", "R1", "points"), "text"),
        ("R5 扣分", ("judgements", "R5", "deduct"), "text"),
        ("R3 自评分", ("self_scores", "R3"), "text"),
        ("R3 不适用", ("not_applicable", "R3"), "text"),
        ("R3 备注", ("notes", "R3"), "text"),
        ("notes.premises.area", ("notes", "premises.area"), "text"),
        ("场所面积 备注", ("notes", "premises.area"), "text"),
        ("R3-佐证", ("evidence", "R3"), "list"),
        ("R3 豁免理由", ("waivers", "R3", "reason"), "text"),
        ("R3 有效期至", ("waivers", "R3", "until"), "text"),
        ("#随便", (), "skip"),
        ("序号", (), "skip"),
        ("  ", (), "blank"),
    ],
)
def test_heads(head: str, path: tuple[str, ...] | None, kind: str) -> None:
    found = column_of(head, NAMES)
    if path is None:
        assert isinstance(found, HeadFault)
    else:
        assert isinstance(found, Column)
        assert (found.path, found.kind) == (path, kind)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("场所面积（亩）", "wrong_unit"),
        ("电话线（条）", "unknown_head_near"),
        ("热线（条）", "not_of_the_name"),
        ("职能.法律援住", "no_option_near"),
        ("职能.Z", "no_option"),
        ("服务窗口.窗口标牌", "records_field"),
        ("R3", "not_judged"),
        ("R3 得分", "not_judged"),
        ("R2", "judge_the_part"),
        ("R5", "points_or_deduct"),
        ("R2/3", "unknown_head_near"),
        ("得分", "unknown_head"),
        ("职能备往", "unknown_head_near"),
        ("总成绩排名", "unknown_head"),
    ],
)
def test_heads_that_nobody_knows(head: str, code: str) -> None:
    found = column_of(head, NAMES)
    assert isinstance(found, HeadFault)
    assert found.code == code


def test_a_name_that_means_two_facts_is_left_to_each_rows_standard() -> None:
    assert column_of("面积", TWO) == Column(("facts", "面积"), "text", "场所面积")
    assert column_of("场所面积", TWO) == Column(("facts", "premises.area"), "text", "场所面积")


def test_a_fact_comes_before_what_tables_usually_pass_over() -> None:
    assert column_of("序号", TWO) == Column(("facts", "sum"), "text", "序号")


def test_the_nearest_names_are_told() -> None:
    found = column_of("厂所面积", NAMES)
    assert isinstance(found, HeadFault)
    assert "场所面积" in found.params["near"]
    assert column_of("厂所面积", NAMES, hints=False) == HeadFault("unknown_head", {"head": "厂所面积", "near": ""})


def test_without_names_site_words_are_heads_all_the_same() -> None:
    assert column_of("编号", TableNames()) == Column(("site", "id"))
