"""The batch of examples/ningxia-2018 says what Ningxia's acceptance bulletin of 2018-12-21 says, and no more."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import load_workbook

from plsp_audit.analysis.rollup import RollUp
from plsp_audit.loading.packs import Library
from plsp_audit.model.content import content_dir
from plsp_audit.model.rollup import Area, Group, Sampled, Summary
from plsp_audit.standards.resolve import resolve

ROOT = Path(__file__).resolve().parents[2]
GIVEN = ROOT / "examples" / "ningxia-2018"
PACKS = ROOT / "examples" / "standards"
MAIN, OWN, REGISTER = "ningxia-2018", "shizuishan-2018", "shizuishan-rooms-2018"
BANDS = {
    MAIN: ("好\n86分及以上", "中\n60分及以上", "差\n不满60分"),
    OWN: ("90分以上\n90分及以上", "85分以上\n85分及以上", "85分以下\n不满85分"),
}

# What the bulletin prints: city or city and county, tier, inspected, rated, not rated, and how many in each band.
PRINTED: dict[tuple[str, str | None, str], tuple[int, int, int, tuple[int, ...]]] = {
    ("银川市", None, "station"): (66, 64, 2, (63, 1)),
    ("银川市", None, "room"): (12, 12, 0, (11, 1)),
    ("石嘴山市", None, "station"): (36, 36, 0, (30, 6)),
    ("石嘴山市", "平罗县", "station"): (13, 13, 0, (11, 2)),
    ("石嘴山市", "惠农区", "station"): (12, 12, 0, (11, 1)),
    ("石嘴山市", "大武口区", "station"): (11, 11, 0, (8, 3)),
    ("固原市", None, "station"): (65, 63, 2, (32, 31)),
    ("中卫市", None, "station"): (39, 39, 0, (12, 27)),
}
NOT_RATED = {
    ("银川市", "灵武市", "灵武市白土岗镇公共法律服务工作站", "重新装修改造"),
    ("银川市", "灵武市", "灵武市城东公共法律服务工作站", "重新装修改造"),
    ("固原市", "西吉县", "西吉县将台堡镇公共法律服务工作站", "城镇建设拆迁新建，政府办公场所尚未建成"),
    ("固原市", "泾源县", "泾源县黄花乡公共法律服务工作站", "城镇建设拆迁新建，政府办公场所尚未建成"),
}
SITES = 66 + 12 + 36 + 49 + 65 + 39
TIERS = {"station": "工作站", "room": "工作室"}


def script() -> ModuleType:
    path = ROOT / "scripts" / "make_ningxia_batch.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the batch wrote, as a bureau would have it written."""
    folder = tmp_path_factory.mktemp("ningxia") / "out"
    command = [sys.executable, "-m", "plsp_audit", "batch", str(GIVEN), "--standards", str(PACKS), "--out", str(folder)]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PLSP_")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def results(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def summary(results: list[dict[str, Any]]) -> Summary:
    library = Library([PACKS, content_dir("standards")])
    roll = RollUp({name: resolve(library, name).standard for name in (MAIN, OWN, REGISTER)})
    for result in results:
        roll.add(result)
    return roll.finish()


@pytest.fixture(scope="module")
def overview(out: Path) -> list[list[Any]]:
    sheet = load_workbook(out / "summary.xlsx")["总览"]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def groups(summary: Summary) -> Mapping[str, Group]:
    found = {group.standard_id: group for group in summary.groups}
    assert len(found) == len(summary.groups)
    return found


def area(summary: Summary, city: str, county: str | None, tier: str) -> Area:
    """Give the one area of the bulletin's standards of that place and tier."""
    rows = [
        area
        for name in (MAIN, OWN)
        for area in groups(summary)[name].areas
        if (area.city, area.county, area.tier) == (city, county, tier)
        if area.level == ("county" if county else "city")
    ]
    assert len(rows) == 1
    return rows[0]


def table(overview: list[list[Any]]) -> Iterator[dict[tuple[str, str], Any]]:
    """Give each row of the overview as a reader sees it: by head, and by band and head where it is a band's."""
    last = next(at for at, row in enumerate(overview) if row[0] == "市")
    standards, bands, heads = overview[last - 2], overview[last - 1], overview[last]
    keys, band, standard = [], "", ""
    for of, title, head in zip(standards, bands, heads, strict=True):
        standard, band = of or standard, title or band
        keys.append((f"{standard} {band}" if head in ("个数", "占比") else "", str(head)))
    for row in overview[last + 1 :]:
        if row[0] == "暂不参评的场所":
            return
        yield dict(zip(keys, row, strict=True))


def test_the_folder_is_what_the_script_writes() -> None:
    written = script().files()
    there = {path.relative_to(GIVEN).as_posix(): path.read_bytes() for path in GIVEN.rglob("*") if path.is_file()}
    assert sorted(there) == sorted(written)
    assert [name for name, content in written.items() if there[name] != content] == []
    assert sum(map(len, there.values())) < 1_500_000


def test_only_what_the_bulletin_names_has_a_real_name(results: list[dict[str, Any]]) -> None:
    bulletin = "兴庆区 西夏区 金凤区 永宁县 贺兰县 灵武市 平罗县 惠农区 大武口区 西吉县 泾源县"
    made_up = "甲区 乙县 丙县 丁区 戊县 己县"
    assert {result["site"]["county"] for result in results} == {*bulletin.split(), *made_up.split()}
    named = {r["site"]["town"] for r in results if r["site"]["town"][:2] not in script().CYCLE}
    assert named == {"白土岗镇", "城东", "将台堡镇", "黄花乡"}
    assert {r["site"]["village"][:2] for r in results if r["site"]["village"]} <= set(script().TERMS)
    assert {r["site"]["head"] for r in results} == {None}


def test_every_site_is_assessed(out: Path, results: list[dict[str, Any]], summary: Summary) -> None:
    assert (summary.sites, summary.rated, summary.not_rated, summary.no_score) == (SITES, 214, 4, 49)
    assert len({result["site"]["id"] for result in results}) == SITES
    with (out / "errors.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 1


@pytest.mark.parametrize("place", PRINTED, ids=["-".join(filter(None, place)) for place in PRINTED])
def test_the_counts_are_the_bulletins(
    place: tuple[str, str | None, str], summary: Summary, overview: list[list[Any]]
) -> None:
    sites, rated, not_rated, bands = PRINTED[place]
    city, county, tier = place
    found = area(summary, *place)
    assert (found.sites, found.rated, found.not_rated, found.no_score) == (sites, rated, not_rated, 0)
    assert tuple(found.by_grade.values()) == (*bands, 0)
    assert sum(bands) == rated == sites - not_rated

    own = OWN if city == "石嘴山市" else MAIN
    rows = [r for r in table(overview) if (r["", "市"], r["", "县(区)"], r["", "层级"]) == (city, county, TIERS[tier])]
    row = next(r for r in rows if r["", "无法评分"] == 0)
    assert [row["", head] for head in ("场所数", "已评定", "暂不参评")] == [sites, rated, not_rated]
    shown = {key: value for key, value in row.items() if key[0] and value is not None}
    assert {band.split(" ", 1)[1] for band, _ in shown} == set(BANDS[own])
    for band, count in zip(BANDS[own], (*bands, 0), strict=True):
        number, rate = (next(v for (b, h), v in shown.items() if b.endswith(band) and h == head)
                        for head in ("个数", "占比"))  # fmt: skip
        assert number == count
        assert rate == float(round(Fraction(count, rated), 4))


def test_the_sums_are_those_that_can_be_made(summary: Summary) -> None:
    """170 stations under the autonomous region's bands, 36 under Shizuishan's: 好 is never both."""
    stations = groups(summary)[MAIN].total("station")
    assert (stations.sites, stations.rated, stations.not_rated) == (66 + 65 + 39, 166, 4)
    assert stations.by_grade == {"good": 63 + 32 + 12, "medium": 1 + 31 + 27, "poor": 0}
    assert {area.city for area in groups(summary)[MAIN].areas} == {None, "银川市", "固原市", "中卫市"}
    own = groups(summary)[OWN]
    assert [grade.title for grade in own.grades] == ["90分以上", "85分以上", "85分以下"]
    assert own.total("station").by_grade == {"good": 11 + 11 + 8, "medium": 2 + 1 + 3, "poor": 0}
    assert {area.city for area in own.areas} == {None, "石嘴山市"}


def test_no_row_of_the_overview_counts_in_two_sets_of_bands(overview: list[list[Any]]) -> None:
    for row in table(overview):
        counted = {band.split(" ", 1)[0] for (band, head), value in row.items() if head == "个数" and value is not None}
        assert len(counted) <= 1


def test_wuzhong_is_nowhere(out: Path, results: list[dict[str, Any]]) -> None:
    cities = Counter(result["site"]["city"] for result in results)
    assert cities == {"银川市": 78, "石嘴山市": 85, "固原市": 65, "中卫市": 39}
    for sheet in load_workbook(out / "summary.xlsx").worksheets:
        assert not any("吴忠" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "吴忠" not in (out / "dashboard.html").read_text(encoding="utf-8")


def test_the_sites_that_are_not_rated_are_named_with_the_reason(
    out: Path, summary: Summary, overview: list[list[Any]], results: list[dict[str, Any]]
) -> None:
    rows = [row for group in summary.groups for row in group.unscored if row.status == "not_rated"]
    assert {(row.city, row.county, row.name, row.reason) for row in rows} == NOT_RATED
    begin = next(at for at, row in enumerate(overview) if row[0] == "暂不参评的场所")
    listed = [[cell for cell in row if cell is not None] for row in overview[begin + 2 :]]
    assert {(row[0], row[1], row[3], row[4]) for row in listed if len(row) == 5} == NOT_RATED
    sheet = [[cell for cell in row if cell is not None]
             for row in load_workbook(out / "summary.xlsx")["未参评"].iter_rows(values_only=True)]  # fmt: skip
    assert {(r[2], r[3], r[6], r[7]) for r in sheet if len(r) > 7 and r[1] == "暂不参评"} == NOT_RATED
    page = (out / "dashboard.html").read_text(encoding="utf-8")
    assert all(name in page for _, _, name, _ in NOT_RATED)
    for result in results:
        if result["status"] == "not_rated":
            assert "score" not in result or result["score"] is None


def test_rooms_are_said_to_be_sampled_of_nobody_knows_how_many(summary: Summary, overview: list[list[Any]]) -> None:
    assert area(summary, "银川市", None, "room").sampled == Sampled(12, None)
    assert groups(summary)[REGISTER].total("room").sampled == Sampled(49, None)
    assert area(summary, "银川市", None, "station").sampled is None
    said = {r["", "市"]: r["", "抽查"] for r in table(overview) if r["", "层级"] == "工作室" and not r["", "县(区)"]}
    assert said == {"合计": "抽查49个(总数不详)", "银川市": "抽查12个(总数不详)", "石嘴山市": "抽查49个(总数不详)"}


def test_the_rooms_without_a_published_score_have_none(summary: Summary, results: list[dict[str, Any]]) -> None:
    total = groups(summary)[REGISTER].total("room")
    assert (total.sites, total.rated, total.not_rated, total.no_score) == (49, 0, 0, 49)
    assert (total.mean, total.highest, len(groups(summary)[REGISTER].ranking)) == (None, None, 0)
    rooms = [r for r in results if r["site"]["city"] == "石嘴山市" and r["site"]["tier"] == "room"]
    assert {(r["status"], r["score"], r["grade"] and r["grade"]["id"]) for r in rooms} == {("no_score", None, None)}


def test_no_count_hangs_on_how_a_standard_rounds(results: list[dict[str, Any]]) -> None:
    for result in results:
        if result["status"] == "rated":
            value = result["score"]["value"]
            assert not (85 < value < 86 and result["standard"]["id"] == MAIN)
            assert not 89 < value < 90 or result["standard"]["id"] == MAIN


def test_what_the_bulletin_says_of_lingwu_is_so(results: list[dict[str, Any]]) -> None:
    kept = {"NX-S-03", "NX-S-21", "NX-S-23", "NX-S-39", "NX-S-40", "NX-S-41"}
    lingwu = [r for r in results if (r["site"]["county"], r["site"]["tier"]) == ("灵武市", "station")]
    stations = [result for result in lingwu if result["status"] == "rated"]
    assert len(stations) == 12
    for station in stations:
        assert {rule["id"] for rule in station["rules"] if rule["state"] == "pass"} >= kept
