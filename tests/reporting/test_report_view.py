"""What the report says, before anything is drawn."""

from __future__ import annotations

import tomllib
from fractions import Fraction

import pytest

from plsp_audit.model.result import Result
from plsp_audit.reporting.view import SiteReportView, site_view
from plsp_audit.reporting.wording import LONGEST_TEXT, clean, day, number, percent, signed
from tests.reporting import factory_reports as factory


def view(result: Result | None = None, **standard: object) -> SiteReportView:
    return site_view(result or factory.rated(), factory.standard(**standard), "zh")


def said(shown: SiteReportView) -> str:
    return "\n".join(statement.text for statement in shown.statements)


def test_the_headline_holds_score_grade_coverage_and_bounds():
    head = view().headline
    assert head is not None
    assert (head.value, head.rounded, head.full_marks) == ("82.76", "83", "100")
    assert (head.grade, head.span) == ("差", "82.76 ~ 88.56")
    assert (head.coverage, head.coverage_count) == ("93.1%", "应查29项，已查27项")


def test_a_cap_names_the_earned_grade_and_the_rule_that_caps():
    assert "按得分可评为“中”，因下列情形限为“差”：GS-C-15 有公共法律服务触摸查询一体机（不达标，最高评为“差”）" in said(
        view()
    )


def test_a_pass_mark_that_caps_names_the_dimension_and_its_rate():
    dimensions = [{"id": k, "title": t, "pass_mark": 80} for k, t in factory.DIMENSIONS.items()]
    scoring = {"below_pass_mark": "medium"}
    shown = view(factory.rated(capped_by=["staff"]), dimensions=dimensions, scoring=scoring)
    assert "类别“人员配备”得分率69.23%，低于最低得分率80%，最高评为“中”" in said(shown)
    assert [row.title for row in shown.dimensions if row.below_pass_mark] == ["设施设备", "职能履行", "人员配备"]


def test_open_items_that_decide_the_grade_are_said_and_listed():
    shown = view()
    assert "有2项未查清，最终等次由这些条目决定" in said(shown)
    assert [row.id for row in shown.open_items] == ["GS-C-20", "GS-C-26"]
    same = said(view(factory.rated(grade_low="poor", grade_high="poor")))
    assert "等次不变" in same
    assert "最终等次由这些条目决定" not in same


def test_a_score_outside_its_bounds_covers_the_checked_items_only():
    score = {"value": 90, "rounded": 90, "low": 70, "high": 88}
    assert "只反映已查条目" in said(view(factory.rated(score=score), scoring={"not_checked": "exclude"}))
    assert "只反映已查条目" not in said(view())


def test_levels_stand_apart_and_recommended_items_are_marked():
    shown = view()
    assert [group.title for group in shown.extras] == ["加分项", "扣分项", "参考项（不计分）"]
    assert {row.id for row in shown.rules if row.tag == "建议"} == factory.RECOMMENDED
    scored = [row.id for group in shown.groups for row in group.rows]
    assert len(scored) == len(factory.SCORED)


def test_waivers_self_scores_evidence_and_notes():
    shown = view()
    assert [(row.rule, row.status) for row in shown.waivers] == [("GS-C-05", "已采用"), ("GS-C-15", "已到期，未采用")]
    assert [(row.self_score, row.assessed, row.difference) for row in shown.self_scores][-1] == ("23.5", "19", "-4.5")
    assert [row.id for row in shown.evidence_missing] == ["GS-C-03", "GS-C-20"]
    assert [row.photo for row in shown.evidence] == [True] * 4 + [False] * 2
    assert shown.evidence[0].caption == "服务大厅全景"
    assert "㙍口司法所" in shown.notes[0].text


def test_assumptions_are_grouped_by_what_was_decided():
    rows = {row.where: row.text for row in view().assumptions}
    assert rows["分值"] == "原文没有给出各条分值，分值由本标准设定。"
    assert rows["等次"] == "好（86分及以上）、中（60分及以上）、差（0分及以上）"
    assert rows["条目的计分办法"].startswith("下列7项由本标准设定：GS-C-03、GS-C-07")


def test_tailoring_is_reported_with_its_reason():
    change = {"standard": "lz-2019", "kind": "parameter", "target": "min_area", "before": 100, "after": 120}
    rows = view(changes=[change | {"reason": "市局通知要求"}]).assumptions
    assert rows[-1].text == "数值由100改为120；理由：市局通知要求"


@pytest.mark.parametrize("result", [factory.not_rated(), factory.no_score()])
def test_a_site_without_a_score_says_why(result):
    shown = view(result)
    assert shown.reason == result.reason
    assert len(shown.statements) == 1
    assert shown.headline is None or not shown.headline.value


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("make", [factory.rated, factory.not_rated, factory.no_score])
def test_without_the_standard_there_is_still_a_report(make, lang):
    shown = site_view(make(), None, lang)
    assert shown.site_name == "永靖县公共法律服务中心"
    assert not shown.rules or len(shown.assumptions) == 1


def test_text_is_made_safe_to_lay_out():
    assert clean("a\x00b\x1b[31m\u202egnp\ud800") == "a b [31mgnp□"
    assert len(clean("e" + "\u0301" * 100_000)) < 40
    assert clean(" 一\r\n\r\n 二\t三 ") == "一\n二 三"
    long = clean("长" * 350_000)
    assert long.startswith("长" * LONGEST_TEXT)
    assert long.endswith("……（原文350000字，以下略）")
    assert clean(None) == ""


def test_numbers_and_dates_on_paper():
    assert (number(Fraction(2, 3)), number(Fraction(6)), number(None)) == ("0.67", "6", "—")
    assert (percent(Fraction(931, 1000)), signed(Fraction(3, 2)), signed(Fraction(1, 1000))) == ("93.1%", "+1.5", "0")
    assert (day("2018-10-03", "zh"), day("2018-05", "zh"), day("2018-10-03", "en")) == (
        "2018年10月3日",
        "2018年5月",
        "2018-10-03",
    )


def test_both_languages_have_the_same_words(root):
    folder = root / "src" / "plsp_audit" / "model" / "catalogue"

    def keys(table: dict, before: str = "") -> set[str]:
        found: set[str] = set()
        for key, value in table.items():
            found |= keys(value, f"{before}{key}.") if isinstance(value, dict) else {before + key}
        return found

    zh, en = (tomllib.loads((folder / lang / "report.toml").read_text(encoding="utf-8")) for lang in ("zh", "en"))
    assert keys(zh) == keys(en)
