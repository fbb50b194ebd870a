"""The circulars of Ningxia's example batch state what the bulletin of December 2018 stated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.cli.app import COMMANDS, run
from plsp_audit.cli.exits import Exit

ROOT = Path(__file__).resolve().parents[2]
BATCH = ROOT / "examples" / "ningxia-2018"
STANDARDS = str(ROOT / "examples" / "standards")

pytestmark = pytest.mark.skipif(
    not BATCH.is_dir() or "batch" not in COMMANDS, reason="no example batch here, or no command that scores it"
)

STATIONS = {
    "银川市": {"sites": 66, "rated": 64, "not_rated": 2, "好": 63, "中": 1},
    "石嘴山市": {"sites": 36, "rated": 36, "not_rated": 0, "90分以上": 30, "85分以上": 6},
    "固原市": {"sites": 65, "rated": 63, "not_rated": 2, "好": 32, "中": 31},
    "中卫市": {"sites": 39, "rated": 39, "not_rated": 0, "好": 12, "中": 27},
}
SAID = {
    "银川市": ["组织3个检查组", "采取实地查看、查阅资料、座谈交流、现场评分等方式",
             "评定为“好”（86分及以上）的63个，占参评数的98.44%",
             "评定为“中”（60分及以上、不满86分）的1个，占1.56%", "抽取的12个村（社区）公共法律服务工作室",
             "评定为“好”（86分及以上）的11个，占参评数的91.67%",
             "因重新装修改造，暂不参评。", "灵武市白土岗镇", "灵武市城东"],
    "石嘴山市": ["采取实地检查、听取汇报、现场测评、走访调查等方式", "抽取的49个村（社区）公共法律服务工作室",
              "得分属“90分以上”（90分及以上）的30个", "得分属“85分以上”（85分及以上、不满90分）的6个",
              "平罗县13个（“90分以上”11个、“85分以上”2个）", "惠农区12个（“90分以上”11个、“85分以上”1个）",
              "大武口区11个（“90分以上”8个、“85分以上”3个）"],
    "固原市": ["组织2个检查组", "评定为“好”（86分及以上）的32个，占参评数的50.79%", "的31个，占49.21%",
             "西吉县将台堡镇", "泾源县黄花乡", "，暂不参评。"],
    "中卫市": ["组织2个检查组", "评定为“好”（86分及以上）的12个，占参评数的30.77%", "的27个，占69.23%"],
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ningxia")
    assert run(["batch", str(BATCH), "--standards", STANDARDS, "--out", str(out)]) == Exit.DONE
    return out


def circular(results: Path, capsys: pytest.CaptureFixture[str], *more: str) -> Any:
    capsys.readouterr()
    issuer, number = ("--issuer", "宁夏回族自治区司法厅"), ("--number", "宁司发〔2018〕15号")
    given = (*issuer, *number, "--date", "2018-12-21", "--standards", STANDARDS, "--sampled", "room", "--json")
    assert run(["bulletin", str(results), *given, *more]) == Exit.DONE
    return json.loads(capsys.readouterr().out)


def stations(part: dict[str, Any]) -> dict[str, int]:
    (count,) = [count for count in part["counts"] if count["tier"] == "station"]
    told = {key: count[key] for key in ("sites", "rated", "not_rated")}
    return told | {grade["title"]: grade["sites"] for grade in count["grades"] if grade["sites"]}


@pytest.mark.parametrize("city", STATIONS)
def test_a_citys_circular_states_the_published_counts(
    city: str, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = circular(results, capsys, "--city", city)
    assert stations(told["whole"]) == STATIONS[city]
    text = "\n".join(told["body"])
    for words in SAID[city]:
        assert words in text, f"{words}\n{text}"


def test_the_provinces_circular_states_them_city_by_city(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = circular(results, capsys)
    assert {part["city"]: stations(part) for part in told["parts"]} == STATIONS
    text = "\n".join(told["body"])
    assert "吴忠" not in text
    for city, said in SAID.items():
        paragraph = next(line for line in told["body"] if line.startswith("（") and f"）{city}。" in line[:12])
        for words in said:
            if "抽取的" not in words:
                assert words in paragraph, f"{words}\n{paragraph}"
    assert "的107个" in text  # 好 in the three cities whose bands have it
    assert "137" not in text  # never with Shizuishan's 30
