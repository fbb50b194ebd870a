"""The dashboard in a real headless Chromium: what it shows, sorts, filters, searches and prints, offline."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from plsp_audit.model.base import number_text
from plsp_audit.model.rollup import Summary
from plsp_audit.reporting.dashboard_sites import Limits
from tests.acceptance import chromium
from tests.reporting.factory_dashboard import HOSTILE, ROOT, dashboard, result, results, rolled

pytest.importorskip("websockets", reason="websockets is not installed: pip install -e .[dev]")
PROGRAM = chromium.find()
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no Chromium on this machine: apt-get install chromium, or name one in PLSP_CHROMIUM"
)

MANY = 5000
SOME = 400
LARGEST = 15_000_000
QUICK_MS = 200


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Page]:
    assert PROGRAM is not None
    if reason := chromium.fault(PROGRAM):
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("chromium")
    fonts = folder / "fonts.conf"
    # A bare machine has no Chinese font; the browser is shown the one that the reports bring.
    fonts.write_text(
        f"<fontconfig><dir>{ROOT / 'reports' / 'fonts'}</dir><cachedir>{folder / 'fontcache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    with chromium.browser(PROGRAM, folder, {"FONTCONFIG_FILE": str(fonts)}) as opened:
        opened.size(1280, 900)
        yield opened


@pytest.fixture(scope="module")
def given() -> list[dict[str, Any]]:
    return list(results(SOME))


@pytest.fixture(scope="module")
def summary(given: list[dict[str, Any]]) -> Summary:
    return rolled(given)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, given: list[dict[str, Any]]) -> Path:
    return written(tmp_path_factory.mktemp("page") / "dashboard.html", given)


def written(path: Path, given: list[dict[str, Any]], **options: Any) -> Path:
    path.write_bytes(dashboard(given, **options))
    return path


@pytest.fixture
def shown(page: chromium.Page, file: Path) -> Iterator[chromium.Page]:
    """The page as it opens; whatever is done with it must not make it complain or ask for anything."""
    page.size(1280, 900)
    page.open(file)
    yield page
    assert page.complaints == []
    assert {url.partition("#")[0] for url in page.asked} <= {file.as_uri(), "about:blank"}


def column(page: chromium.Page, key: str) -> list[str]:
    at = f"[...document.querySelectorAll('#sites th')].findIndex(th => th.querySelector('[data-sort={key}]'))"
    return list(page.run(
        f"(() => {{ const at = {at}; return [...document.querySelectorAll('#sites tbody tr')]"
        ".map(tr => tr.cells[at].textContent); })()"
    ))  # fmt: skip


def choose(page: chromium.Page, control: str, value: str) -> None:
    page.run(
        f"(() => {{ const s = document.getElementById('{control}'); s.value = {json.dumps(value)};"
        " s.dispatchEvent(new Event('change')); })()"
    )


def found(page: chromium.Page) -> str:
    return str(page.run("document.getElementById('found').textContent"))


def text(page: chromium.Page, selector: str) -> str:
    return str(page.run(f"document.querySelector({json.dumps(selector)}).innerText"))


def test_it_shows_what_the_summary_says(shown: chromium.Page, summary: Summary) -> None:
    group = summary.groups[0]
    total = group.total()
    cards = text(shown, "#cards")
    for grade in group.grades:
        assert f"{grade.title}\n{total.by_grade[grade.id]}" in cards
    assert f"暂不参评\n{total.not_rated}" in cards
    assert number_text(total.mean or 0, 2) in cards  # type: ignore[arg-type]
    assert f"共{summary.sites}个场所" in text(shown, "#said")
    assert "好 86分及以上、中 60分及以上、差 不满60分" in text(shown, ".bands")
    for chart in ("chart-grades", "chart-areas", "chart-rules"):
        assert shown.run(f"document.querySelectorAll('#{chart} svg path').length") > 3
    worst = next(row for row in group.rules if row.short)
    assert worst.title[:8] in shown.run("document.querySelector('#chart-rules').textContent")
    heat = shown.run("[...document.querySelectorAll('.heatmap tbody tr')].map(tr => tr.cells[0].textContent)")
    assert heat[0] == "合计"
    assert len(heat) == 1 + sum(area.level == "county" and area.tier is None for area in group.dimensions)
    assert found(shown) == f"筛选出{total.sites}个，共{total.sites}个"


def test_it_shows_chinese(shown: chromium.Page) -> None:
    assert "PLSP Sans SC" in shown.fonts("h1")
    assert shown.run("document.documentElement.lang") == "zh-CN"
    drawn = shown.run("""
        ["公", "法", "灵", "\\u{10fffd}"].map(sign => {
          const canvas = document.createElement("canvas");
          canvas.width = canvas.height = 40;
          const pen = canvas.getContext("2d");
          pen.font = "32px " + getComputedStyle(document.body).fontFamily;
          pen.fillText(sign, 2, 34);
          return Array.from(pen.getImageData(0, 0, 40, 40).data).join();
        })""")
    assert len(set(drawn)) == 4


def test_it_sorts_by_any_heading(shown: chromium.Page, summary: Summary) -> None:
    rows = summary.groups[0].ranking
    scores = sorted((row.score for row in rows), reverse=True)
    shown.click("[data-sort=score]")
    assert column(shown, "score") == [number_text(score, 2) for score in scores[:50]]
    assert shown.run("document.querySelector('[data-sort=score]').parentNode.getAttribute('aria-sort')") == "descending"
    shown.click("[data-sort=score]")
    assert column(shown, "score") == [number_text(score, 2) for score in scores[::-1][:50]]
    shown.click("#page-next")
    assert column(shown, "score") == [number_text(score, 2) for score in scores[::-1][50:100]]
    shown.click("[data-sort=county]")
    assert column(shown, "county")[0] == "海原县"
    shown.click("[data-sort=county]")
    assert column(shown, "county")[0] == "中宁县"


def test_it_filters_by_county_and_grade(shown: chromium.Page, summary: Summary) -> None:
    group = summary.groups[0]
    medium = group.grades[1]
    choose(shown, "by-grade", "1")
    count = group.total().by_grade[medium.id]
    assert found(shown).startswith(f"筛选出{count}个")
    assert {grade.rstrip(" ▲◇") for grade in column(shown, "grade")} == {medium.title}
    area = next(a for a in group.areas if a.level == "county" and a.tier is None and a.by_grade[medium.id] > 2)
    value = shown.run(
        f"[...document.querySelectorAll('#by-county option')].find(o => o.text === '{area.city}{area.county}').value"
    )
    choose(shown, "by-county", value)
    assert found(shown).startswith(f"筛选出{area.by_grade[medium.id]}个")
    shown.click("#clear")
    assert found(shown).startswith(f"筛选出{group.total().sites}个")
    choose(shown, "by-grade", "101")
    assert found(shown).startswith(f"筛选出{group.total().not_rated}个")


def test_it_searches_names_ids_and_places(shown: chromium.Page, given: list[dict[str, Any]], summary: Summary) -> None:
    mine = [one["site"] for one in given if one["standard"]["id"] == summary.groups[0].standard_id]
    shown.click("#search")
    shown.type("云岭　西吉")
    wanted = [site for site in mine if "云岭" in site["name"] and site["county"] == "西吉县"]
    shown.until(f"document.getElementById('found').textContent.startsWith('筛选出{len(wanted)}个')")
    assert set(column(shown, "name")) == {site["name"] for site in wanted}
    shown.run("document.getElementById('search').value = ''")
    shown.click("#search")
    shown.type("ＮＸ－００００" + mine[0]["id"][-1])
    shown.until("document.querySelectorAll('#sites tbody tr').length === 1")
    assert column(shown, "name") == [mine[0]["name"]]


def test_it_opens_a_site_and_goes_back(shown: chromium.Page, given: list[dict[str, Any]]) -> None:
    shown.click("[data-sort=short]")
    shown.click("#sites tbody a")
    shown.until("!document.getElementById('site').hidden")
    name = shown.run("decodeURIComponent(location.hash.slice(6))")
    one = next(one for one in given if one["site"]["id"] == name)
    page = text(shown, "#site")
    for dimension in one["dimensions"]:
        assert dimension["title"] in page
    failed = [r for r in one["rules"] if r["state"] in ("fail", "partial") and r["level"] not in ("bonus", "info")]
    for rule in failed:
        assert rule["title"] in page
        assert rule["reason"] in page
    for line in one["rectification"]:
        assert line["remedy"] in page
    assert one["grade"]["title"] in text(shown, ".outcome")
    shown.click("#site-next")
    shown.until(f"location.hash !== '#site={name}'")
    shown.run("history.back()")
    shown.until(f"document.querySelector('.facts dd').textContent === {json.dumps(name)}")
    shown.click("#back")
    shown.until("document.getElementById('site').hidden && !document.getElementById('overview').hidden")


def test_a_bar_of_a_rule_lists_its_sites(shown: chromium.Page, summary: Summary) -> None:
    shown.run("document.querySelector('#rules-section').scrollIntoView({block: 'center'})")
    x, y = shown.run("""(() => {
        const bars = [...document.querySelectorAll('#chart-rules svg path[fill="#c8553d"]')];
        const bar = bars.find(p => p.getBBox().height > 12 && p.getBBox().width > 4);
        const box = bar.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    })()""")
    shown.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    shown.until("document.querySelector('.tip') !== null")
    assert "适用场所" in text(shown, ".tip")
    for kind in ("mousePressed", "mouseReleased"):
        shown.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    label = shown.until("document.getElementById('rule-filter').textContent")
    row = next(row for row in summary.groups[0].rules if f"{row.id} {row.title}" in label)
    assert found(shown).startswith(f"筛选出{row.short}个")


def test_groups_tiers_and_cities_are_kept_apart(shown: chromium.Page, summary: Summary) -> None:
    group = summary.groups[1]
    choose(shown, "by-group", "1")
    assert [grade.title for grade in group.grades] == [
        line for line in text(shown, "#cards").split("\n") if line in {grade.title for grade in group.grades}
    ]
    assert found(shown).endswith(f"共{group.total().sites}个")
    choose(shown, "by-group", "0")
    room = summary.groups[0].total("room")
    choose(shown, "by-tier", "1")
    assert f"场所数\n{room.sites}" in text(shown, "#cards")
    choose(shown, "by-city", shown.run("document.querySelectorAll('#by-city option')[1].value"))
    city = next(a for a in summary.groups[0].areas if a.level == "city" and a.tier == "room")
    assert f"场所数\n{city.sites}" in text(shown, "#cards")
    assert found(shown).endswith(f"共{city.sites}个")
    assert (city.city or "") in text(shown, "#chosen")


def test_sites_that_are_not_rated_are_listed_with_reasons(shown: chromium.Page, summary: Summary) -> None:
    unscored = summary.groups[0].unscored
    listed = text(shown, "#unscored-section")
    for site in unscored:
        assert site.name in listed
    assert listed.count("重新装修改造") == len(unscored)


def test_where_nobody_is_rated_words_say_so_and_no_empty_chart(page: chromium.Page, tmp_path: Path) -> None:
    unrated = [result(n, site={"tier": "room"}, status="not_rated", reason="重新装修改造") for n in (1, 3)]
    for one in unrated:
        one |= {"score": None, "grade": None, "rules": [], "dimensions": []}
    rated = next(one for n in range(5, 50) if (one := result(n, site={"tier": "station"}))["status"] == "rated"
                 and one["standard"] == unrated[0]["standard"])  # fmt: skip
    page.open(written(tmp_path / "page.html", [*unrated, rated]))
    assert page.run("document.querySelectorAll('#chart-grades svg').length") == 1
    at = page.run("[...document.querySelectorAll('#by-tier option')].find(o => o.text.includes('工作室')).value")
    choose(page, "by-tier", str(at))
    assert "没有已评定的场所" in text(page, "#grades-section")
    assert page.run("document.querySelectorAll('.chart, #areas-section').length") == 0
    assert "重新装修改造" in text(page, "#unscored-section")
    choose(page, "by-tier", "-1")
    assert page.run("document.querySelectorAll('#chart-grades svg, #chart-areas svg').length") == 2
    assert page.complaints == []


def test_a_site_that_is_not_there_is_said_so(page: chromium.Page, file: Path) -> None:
    page.open(file, "#site=%E4%B9%8C%E6%9C%89")
    assert "没有编号为“乌有”的场所" in text(page, "#site")
    assert page.complaints == []


def test_hostile_text_does_nothing(page: chromium.Page, tmp_path: Path) -> None:
    site = {"name": HOSTILE, "county": HOSTILE, "town": HOSTILE, "id": "a&b=#'\"<i>"}
    bad = result(3, site=site)
    bad["rules"] = [rule | {"title": HOSTILE, "state": "fail", "reason": HOSTILE} for rule in bad["rules"]]
    unrated = result(1, site=site | {"id": "x"}, status="not_rated", reason=HOSTILE)
    page.open(written(tmp_path / "page.html", [bad, unrated]))
    assert "onerror=alert(1)" in text(page, "#sites")
    page.click("#sites tbody a")
    page.until("!document.getElementById('site').hidden")
    assert "onerror=alert(1)" in text(page, "#site")
    assert page.run("window.ran") is None
    assert page.run("document.querySelectorAll('img, iframe').length") == 0
    assert page.complaints == []


def test_no_script_may_be_added_and_nothing_fetched(page: chromium.Page, file: Path) -> None:
    page.open(file)
    page.run("""
        window.refused = [];
        document.addEventListener("securitypolicyviolation", e => window.refused.push(e.effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "window.ran = 1";
        document.body.append(script);
        const image = document.createElement("img");
        image.src = "http://127.0.0.1:9/x.png";
        document.body.append(image);
        fetch("http://127.0.0.1:9/").catch(() => {});
        null""")
    page.until("window.refused.length >= 3")
    assert set(page.run("window.refused")) == {"script-src-elem", "img-src", "connect-src"}
    assert page.run("window.ran") is None


def test_it_fits_a_narrow_screen(shown: chromium.Page) -> None:
    shown.size(390, 844)
    shown.until("document.querySelector('#chart-areas svg').getBoundingClientRect().width <= 390")
    assert shown.run("document.documentElement.scrollWidth") <= 390
    shown.click("#sites tbody a")
    shown.until("!document.getElementById('site').hidden")
    assert shown.run("document.documentElement.scrollWidth") <= 390


def test_it_prints(shown: chromium.Page, summary: Summary) -> None:
    printed = PdfReader(io.BytesIO(shown.pdf()))
    words = "".join(page.extract_text() for page in printed.pages)
    box = printed.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert "公共法律服务平台检查结果看板" in words
    assert "清除筛选" not in words
    last = list(summary.groups[0].ranking)[-1]
    assert last.name in words.replace("\n", "")
    assert len(printed.pages) > 3
    assert len(column(shown, "name")) == 50


def test_it_speaks_english(page: chromium.Page, tmp_path: Path, given: list[dict[str, Any]]) -> None:
    page.open(written(tmp_path / "page.html", given[:40], lang="en"))
    assert "Rules that fail most" in text(page, "#overview")
    page.click("#sites tbody a")
    page.until("!document.getElementById('site').hidden")
    assert "Back to the dashboard" in text(page, "#site")
    assert page.complaints == []


@pytest.mark.parametrize("limits", [Limits(details=10), Limits(details=10, rows=10)], ids=["no details", "no rows"])
def test_what_is_left_out_is_said(
    page: chromium.Page, tmp_path: Path, given: list[dict[str, Any]], limits: Limits
) -> None:
    page.open(written(tmp_path / "page.html", given[:60], limits=limits))
    if limits.rows > 60:
        page.click("#sites tbody a")
        page.until("!document.getElementById('site').hidden")
        assert "逐条详情不放入本页" in text(page, "#site")
    else:
        assert "名单不放入本页" in text(page, "#sites-section")
    assert page.complaints == []


def test_a_batch_without_sites_says_so(page: chromium.Page, tmp_path: Path) -> None:
    file = written(tmp_path / "page.html", [])
    page.call("Page.navigate", url=file.as_uri())
    page.until("(document.querySelector('#overview') || {}).innerText === '没有可显示的场所。'")


def test_five_thousand_sites_are_quick(page: chromium.Page, tmp_path: Path) -> None:
    file = written(tmp_path / "page.html", list(results(MANY)))
    assert file.stat().st_size < LARGEST
    page.open(file)
    timed = """(act => {
        const times = [];
        for (let i = 0; i < 5; i++) {
            const start = performance.now();
            act(i);
            document.body.getBoundingClientRect();
            times.push(performance.now() - start);
        }
        return times.sort((a, b) => a - b)[2];
    })"""
    acts = {f"sort by {key}": f"() => document.querySelector('[data-sort={key}]').click()"
            for key in ("score", "name", "county", "short")}  # fmt: skip
    change = "s.dispatchEvent(new Event('change'))"
    for control in ("by-county", "by-grade"):
        acts[control] = f"i => {{ const s = document.getElementById('{control}'); s.selectedIndex = i % 3; {change}; }}"
    slow = {name: took for name, act in acts.items() if (took := page.run(f"{timed}({act})")) > QUICK_MS}
    assert slow == {}
    page.run("document.getElementById('clear').click()")
    took = page.run("""(() => {
        const start = performance.now();
        document.getElementById("search").value = "柳湾9镇";
        document.getElementById("search").dispatchEvent(new Event("input"));
        return new Promise(done => new MutationObserver(() => done(performance.now() - start))
          .observe(document.getElementById('found'), {childList: true}));
    })()""")
    assert took < QUICK_MS + 60
    page.click("#sites tbody a")
    page.until("!document.getElementById('site').hidden")
    assert "柳湾9镇" in text(page, "#site h2")
    assert page.complaints == []
