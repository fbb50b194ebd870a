"""What a circular says is right to the last number, reads as one, and has nothing empty in it."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plsp_audit.loading.bulletin_layout import read_layout
from plsp_audit.model.bulletin_letter import Letter, LetterHead
from plsp_audit.model.result import Result
from plsp_audit.reporting.bulletin_letter import compose
from plsp_audit.reporting.bulletin_measures import Measures
from tests.analysis.factory_bulletin import HEAD, facts_of, site, whole
from tests.analysis.factory_rollup import OWN, STANDARD, STANDARDS, ningxia
from tests.reporting.bulletin_reader import Reader

LAYOUT = read_layout()
XINGQING = ("宁夏回族自治区", "银川市", "兴庆区")
XIXIA = ("宁夏回族自治区", "银川市", "西夏区")
PLACES = (XINGQING, XIXIA, ("宁夏回族自治区", "银川市", "永宁县"), ("宁夏回族自治区", "石嘴山市", "平罗县"),
          ("宁夏回族自治区", "石嘴山市", "惠农区"), ("宁夏回族自治区", "固原市", "原州区"))  # fmt: skip
BULLETIN = [whole(one) for one in ningxia()]


def letter_of(results: list[Result], head: LetterHead = HEAD, **more: Any) -> Letter:
    list_sites = more.pop("list_sites", False)
    return compose(facts_of(results, **more), head, LAYOUT, list_sites=list_sites)


def text_of(letter: Letter) -> str:
    return "\n".join(passage.lead + passage.text for passage in letter.body)


def headings(letter: Letter) -> list[str]:
    return [passage.text for passage in letter.body if passage.heading]


# --- every number, by an independent count ---------------------------------------------------------------------------

names = st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=4)
states = st.dictionaries(
    st.sampled_from(["R-1", "R-2", "R-3", "R-5"]),
    st.sampled_from([("fail", 0), ("partial", 1), ("not_applicable", 0), ("waived", 0)]),
)


@st.composite
def sites(draw: Any) -> list[Result]:
    found = []
    some = draw(st.sets(st.sampled_from(PLACES), min_size=1))
    for number in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from(["rated", "rated", "rated", "not_rated", "no_score"]))
        tier = draw(st.sampled_from(["station", "station", "room"]))
        more: dict[str, Any] = {
            "place": draw(st.sampled_from(sorted(some))), "tier": tier,
            "name": draw(names) + ("镇公共法律服务工作站" if tier == "station" else "村公共法律服务工作室"),
            "of": draw(st.sampled_from([STANDARD, STANDARD, OWN])),
            "date": f"2018-{draw(st.integers(9, 11)):02}-{draw(st.integers(1, 28)):02}",
            "kind": draw(st.sampled_from(["acceptance", "acceptance", "spot_check", "self"])),
            "team": draw(st.sampled_from([None, "第一组", "第二组"])),
        }  # fmt: skip
        sid = f"{'abcdefghijkl'[number]}{'x' if draw(st.booleans()) else ''}"
        if kind == "not_rated":
            more["reason"] = draw(st.sampled_from(["重新装修改造", "因拆迁新建。"]))
            found.append(site(sid, **more))
        elif kind == "no_score":
            found.append(site(sid, None, **more))
        else:
            score = f"{draw(st.integers(0, 400)) / 4}"
            more |= {"states": draw(states), "full": draw(st.sets(st.sampled_from(["premises", "service"]))),
                     "bonus": draw(st.sampled_from([(), ("R-4",)])), "open": draw(st.booleans()),
                     "capped": draw(st.sampled_from([(), ("R-1",), ("premises",)]))}  # fmt: skip
            found.append(site(sid, score, **more))
    return found


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sites())
def test_every_number_is_counted_and_no_site_is_lost(results: list[Result]) -> None:
    letter = letter_of(results, list_sites=True)
    reader = Reader(letter, results, STANDARDS)
    reader.read()
    whole_text = text_of(letter)
    for one in results:
        if one.status == "not_rated":
            assert one.site.name in whole_text, one.site.name
    listed = [row for grid in letter.attachments[-1].grids for row in grid.rows]
    assert sorted(row[2] for row in listed) == sorted(one.site.name for one in results)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sites())
def test_the_text_is_whole_sentences(results: list[Result]) -> None:
    letter = letter_of(results)
    for passage in letter.body:
        assert passage.text, letter.body
        if not passage.heading:
            assert re.search("[。：]$", passage.text), passage.text
        faults = ("。。", "；。", "，。", "、。", "：。", "，，", "；；", "、、", "（）", "“”", "None", "{", "的的")
        assert not [fault for fault in faults if fault in passage.text], passage.text
    assert not any(a.heading and b.heading for a, b in zip(letter.body, letter.body[1:], strict=False))
    assert [text[:2] for text in headings(letter)] == ["一、", "二、", "三、", "四、", "五、"][: len(headings(letter))]


def test_the_reader_finds_what_is_wrong() -> None:
    letter = letter_of(BULLETIN[:80])
    for at, passage in enumerate(letter.body):
        bare = re.sub(r"“[^”]*”|附件\d", lambda m: "口" * len(m[0]), passage.text)
        for match in re.finditer(r"(?<![“\d.（])\d+(?=个|项|%)", bare):
            wrong = passage.text[: match.start()] + str(int(match[0]) + 1) + passage.text[match.end() :]
            body = (*letter.body[:at], passage._replace(text=wrong), *letter.body[at + 1 :])
            with pytest.raises((AssertionError, KeyError, ValueError)):
                Reader(dataclasses.replace(letter, body=body), BULLETIN[:80], STANDARDS).read()


# --- what a bulletin of 2018 stated ----------------------------------------------------------------------------------


def of_city(city: str) -> list[Result]:
    return [one for one in BULLETIN if one.site.city == city]


STATED = {
    "银川市": ["66个乡镇（街道）公共法律服务工作站和抽取的12个村（社区）公共法律服务工作室",
             "66个，其中参加评定64个、暂不参评2个。评定为“好”（86分及以上）的63个，占参评数的98.44%；"
             "评定为“中”（60分及以上、不满86分）的1个，占1.56%；没有“差”等次的场所。",
             "12个，全部参加评定。评定为“好”（86分及以上）的11个，占参评数的91.67%；评定为“中”",
             "灵武市城东公共法律服务工作站和灵武市白土岗镇公共法律服务工作站因重新装修改造，暂不参评。"],
    "石嘴山市": ["36个，全部参加评定。得分属“90分以上”（90分及以上）的30个，占参评数的83.33%；"
              "得分属“85分以上”（85分及以上、不满90分）的6个，占16.67%；没有“85分以下”等次的场所。",
              "平罗县13个（“90分以上”11个、“85分以上”2个）", "惠农区12个（“90分以上”11个、“85分以上”1个）",
              "大武口区11个（“90分以上”8个、“85分以上”3个）"],
    "固原市": ["65个，其中参加评定63个、暂不参评2个。评定为“好”（86分及以上）的32个，占参评数的50.79%；"
             "评定为“中”（60分及以上、不满86分）的31个，占49.21%；",
             "西吉县将台堡镇公共法律服务工作站和泾源县黄花乡公共法律服务工作站因城镇建设拆迁新建、"
             "政府办公场所尚未建成，暂不参评。"],
    "中卫市": ["评定为“好”（86分及以上）的12个，占参评数的30.77%；",
             "评定为“中”（60分及以上、不满86分）的27个，占69.23%；"],
}  # fmt: skip


@pytest.mark.parametrize("city", STATED)
def test_the_counts_of_ningxias_cities(city: str) -> None:
    text = text_of(letter_of(of_city(city)))
    for stated in STATED[city]:
        assert stated in text, f"{stated}\n{text}"


def test_a_province_tells_city_by_city_and_never_adds_up_what_differs() -> None:
    letter = letter_of(BULLETIN, LetterHead("宁夏回族自治区司法厅", "宁司发〔2018〕15号", date="2018-12-21"),
                       order=["银川", "石嘴山", "固原", "中卫"])  # fmt: skip
    text = text_of(letter)
    assert headings(letter)[1] == "二、各市情况"
    leads = [p.lead for p in letter.body if "市。" in p.lead]
    assert leads == ["（一）银川市。", "（二）石嘴山市。", "（三）固原市。", "（四）中卫市。"]
    assert "我厅" in text
    assert "对全区4个市的206个乡镇（街道）公共法律服务工作站和抽取的12个" in text
    assert "共验收206个。因执行的标准或者等次划分不同，以下分别统计。" in text
    assert "的170个，其中参加评定166个、暂不参评4个。评定为“好”（86分及以上）的107个，占参评数的64.46%；" in text
    for city in STATED:
        paragraph = next(p.text for p in letter.body if city in p.lead)
        assert all(stated in paragraph for stated in STATED[city] if "个，" in stated and "抽取的" not in stated)
    assert letter.to == "各市司法局："
    Reader(letter, BULLETIN, STANDARDS).read()


def test_every_county_stands_in_the_first_attachment() -> None:
    grid = letter_of(of_city("石嘴山市")).attachments[0].grids[0]
    rows = {row[0]: row[1:] for row in grid.rows}
    assert rows["平罗县"][:4] == ("13", "13", "11\n84.62%", "2\n15.38%")
    assert rows["合计"][:5] == ("36", "36", "30\n83.33%", "6\n16.67%", "0")
    assert grid.whole == {3}


# --- shapes ----------------------------------------------------------------------------------------------------------


def test_where_all_is_well_nothing_is_complained_of() -> None:
    letter = letter_of([site("a", 95), site("b", 96, place=XIXIA)])
    assert headings(letter) == ["一、总体情况", "二、下一步工作要求"]
    text = text_of(letter)
    assert "2个均评定为“好”（86分及以上）。" in text
    assert "没有提出整改事项" in text
    assert "借鉴" not in text
    assert "存在问题统计表" not in [one.title for one in letter.attachments]


def test_one_county_speaks_of_its_sites() -> None:
    letter = letter_of([site("a", 95, name="甲镇公共法律服务工作站"), site("b", 70)])
    assert letter.to == "各司法所："
    assert "对兴庆区2个" in text_of(letter)
    assert "看：" not in text_of(letter)
    assert letter.attachments[-1].title == "场所得分等次名单"
    assert letter.attachments[-1].grids[0].rows[0] == ("1", "兴庆区", "甲镇公共法律服务工作站", "95", "好")


def test_what_all_or_the_only_site_lacks_is_told_without_shares() -> None:
    lacking = {"R-1": ("fail", 0), "R-2": ("partial", 1)}
    one = text_of(letter_of([site("a", 70, states=lacking)]))
    assert "一是“服务场所使用面积不少于40㎡”（不达标）；二是“业务台账" in one
    both = text_of(letter_of([site("a", 70, states=lacking), site("b", 70, states=lacking)]))
    assert "“服务场所使用面积不少于40㎡”，2个适用场所均不达标；" in both


def test_only_rooms_name_rooms() -> None:
    rooms = [site(sid, 90, tier="room", kind="spot_check", name=f"{sid}村公共法律服务工作室") for sid in "甲乙"]
    letter = letter_of(rooms, sampled={"room": 87})
    assert letter.whole_title == "银川市司法局关于2018年村（社区）公共法律服务工作室抽查情况的通报"
    assert "从87个中抽取的2个村（社区）公共法律服务工作室进行了抽查" in text_of(letter)
    assert "共抽查村（社区）公共法律服务工作室2个，全部参加评定。" in text_of(letter)
    assert "工作站" not in text_of(letter)


def test_drawn_in_several_counties_reads_well() -> None:
    rooms = [site("a", 90, tier="room", kind="spot_check"), site("b", 90, tier="room", kind="spot_check", place=XIXIA)]
    assert "对全市2个区抽取的2个村" in text_of(letter_of(rooms))


def test_nobody_rated() -> None:
    letter = letter_of([site("a", reason="重新装修改造", name="甲镇工作站"),
                        site("b", reason="因重新装修改造，暂不参评。", name="乙镇工作站")])  # fmt: skip
    text = text_of(letter)
    assert "共验收2个，均暂不参评。" in text
    assert "兴庆区" not in next(p.text for p in letter.body if "因重新" in p.text)
    assert "甲镇工作站因重新装修改造，暂不参评。乙镇工作站因重新装修改造，暂不参评。" in text
    assert "平均" not in text


def test_long_lists_of_sites_without_a_grade_are_attached() -> None:
    many = [site(f"s{n:02}", None, name=f"{'甲乙丙丁戊'[n % 5]}{'子丑寅卯辰'[n // 5]}村") for n in range(25)]
    letter = letter_of([*many, site("x", 90)])
    assert "无法评分的有25个，名单见附件2。" in text_of(letter)
    assert letter.attachments[1].title == "未评定等次场所名单"
    assert {row[2] for row in letter.attachments[1].grids[0].rows} == {one.site.name for one in many}


def test_an_older_inspection_does_not_count() -> None:
    second = site("a", 92, date="2018-11-01", kind="recheck")
    letter = letter_of([site("a", 70, date="2018-10-01"), second, site("b", 90)])
    assert "2个均评定为“好”" in text_of(letter)
    assert "2018年10月23日至11月1日" in text_of(letter)


def test_deadlines_before_and_after_the_date_of_issue() -> None:
    results = [site("a", 70, states={"R-1": ("fail", 0), "R-2": ("partial", 1)})]  # due 2018-12-22
    assert "整改期限为2018年12月22日。" in text_of(letter_of(results))
    later = text_of(letter_of(results, LetterHead("银川市司法局", "银司发〔2018〕12号", date="2018-12-31")))
    assert "2项整改期限均已届满" in later
    undated = text_of(letter_of(results, LetterHead("银川市司法局", "银司发〔2018〕12号")))
    assert "整改期限为2018年12月22日。" in undated


def test_what_caps_and_what_is_open_is_named() -> None:
    results = [site("a", 90, name="甲镇工作站", capped=["R-1", "premises"], open=True),
               site("b", 90, name="乙镇工作站", open=True)]  # fmt: skip
    text = text_of(letter_of(results))
    assert "有1个场所的等次受到限制。甲镇工作站因“建设标准化”得分率不足，等次受限；" in text
    assert "甲镇工作站因“服务场所使用面积不少于40㎡”未达到要求，等次受限。" in text
    assert "有2个场所的检查记录中尚有未查项目。补查不影响已经评定的等次。" in text
    assert "要尽快补查，据实核定得分。" in text


def test_standards_that_are_not_at_hand_have_no_bands() -> None:
    letter = compose(facts_of([site("a", 90), site("b", 70)], standards={}), HEAD, LAYOUT)
    assert "评定为“好”的1个，占参评数的50%；评定为“中”的1个，占50%。" in text_of(letter)


def test_places_and_names_are_told_once() -> None:
    results = [site("a", reason="装修", name="兴庆区甲镇工作站"),
               site("b", reason="装修", name="乙镇工作站", place=XIXIA)]  # fmt: skip
    assert "西夏区乙镇工作站和兴庆区甲镇工作站因装修" in text_of(letter_of(results))


def test_text_of_files_cannot_break_the_circular() -> None:
    letter = letter_of([site("a", reason="{x} <b>\n漏水；", name="甲<镇>“工作站”\n"), site("b", 90)])
    assert "甲<镇>“工作站”因{x} <b> 漏水，暂不参评。" in text_of(letter)


def test_the_office_may_say_everything_itself() -> None:
    head = LetterHead(
        "银川市司法局文件", "银司发〔2018〕12号", to="各区司法局", title="关于验收情况的通报", copy_no="000012",
        secrecy="内部", urgency="特急", approver="马某某", note="（此件公开发布）", cc="自治区司法厅。",
        printed_by="银川市司法局办公室", printed_on="2018-12-25", report_by="2019-01-31",
    )  # fmt: skip
    letter = letter_of([site("a", 70, states={"R-1": ("fail", 0)})], head)
    assert (letter.mark, letter.signature) == ("银川市司法局文件", "银川市司法局")
    assert letter.title == ("关于验收情况的通报",)
    assert (letter.to, letter.cc, letter.note) == ("各区司法局：", "自治区司法厅。", "（此件公开发布）")
    assert letter.top == ("000012", "内部", "特急")
    assert letter.approver_label + letter.approver == "签发人：马某某"
    assert (letter.date, letter.printed_on) == ("　　　　年　　月　　日", "2018年12月25日印发")
    assert "请于2019年1月31日前将整改和复查情况书面报送我局。" in text_of(letter)


def test_english_is_plain() -> None:
    letter = compose(facts_of(BULLETIN), HEAD, LAYOUT, "en")
    text = text_of(letter)
    assert "Graded \"好\" (86 points and above) 107, 64.46% of those rated" in text
    assert not re.search(r"[{}]|\bNone\b|\. \.|\.\.|  ", text), text
    assert headings(letter)[0] == "1. Overall results"


@pytest.mark.parametrize(("title", "lines"), [
    ("关于验收情况的通报", ("关于验收情况的通报",)),
    ("关于全区乡镇（街道）公共法律服务工作站和村（社区）公共法律服务工作室验收情况的通报", None),
    ("甲" * 75, None),
])  # fmt: skip
def test_titles_fit_their_lines(title: str, lines: tuple[str, ...] | None) -> None:
    letter = letter_of([site("a", 90)], LetterHead("银川市司法局", "银司发〔2018〕12号", title=title))
    assert lines is None or letter.title == lines
    assert "".join(letter.title) == title
    assert max(map(len, letter.title)) <= 20
    assert all(line[0] not in "、，。）》”" for line in letter.title)


def test_counties_alike_are_told_in_few_words() -> None:
    results = [site("a", 90), site("b", 91), site("c", 92, place=XIXIA)]
    text = text_of(letter_of(results))
    assert "兴庆区2个（均为“好”）" in text
    assert "西夏区1个（“好”）" in text
    none = [site("a", reason="装修"), site("b", reason="装修"), site("c", reason="拆迁", place=XIXIA)]
    assert "均暂不参评。分区看：西夏区1个、兴庆区2个。" in text_of(letter_of(none))


def test_where_nothing_falls_short_no_empty_table_is_attached() -> None:
    closed = [site(f"s{no}", reason="装修", name=f"第{no}镇工作站") for no in range(25)]
    letter = letter_of(closed)
    assert [one.title for one in letter.attachments] == ["得分等次统计表", "未评定等次场所名单", "场所得分等次名单"]
    assert "名单见附件2。" in text_of(letter)


def test_an_office_breaks_its_own_title_where_it_likes() -> None:
    head = dataclasses.replace(HEAD, title="某某市司法局关于全市公共法律服务|实体平台建设情况｜检查验收结果的通报")
    lines = letter_of([site("a", 90)], head).title
    assert lines == ("某某市司法局关于全市公共法律服务", "实体平台建设情况", "检查验收结果的通报")
    assert letter_of([site("a", 90)], dataclasses.replace(HEAD, title="|关于验收的通报|")).title == ("关于验收的通报",)


def test_a_long_mark_takes_two_lines_rather_than_small_type() -> None:
    head = dataclasses.replace(HEAD, issuer="某某布依族苗族自治州某某布依族苗族自治县公共法律服务工作领导小组办公室")
    letter = letter_of([site("a", 90)], head)
    measures = Measures(LAYOUT)
    lines = measures.mark_lines(letter)
    assert len(lines) == 3
    assert "".join(lines) == letter.mark
    assert measures.mark(letter) > LAYOUT.sizes.title
    assert measures.mark_lines(letter_of([site("a", 90)])) == ("银川市司法局文件",)
