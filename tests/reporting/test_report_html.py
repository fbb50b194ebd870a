"""The report as one HTML file."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from plsp_audit.model.catalogue import Lang
from plsp_audit.model.content import content_dir
from plsp_audit.model.result import Result
from plsp_audit.reporting.charts import dimension_bars
from plsp_audit.reporting.html import environment, render_html
from plsp_audit.reporting.photos import load_photos
from plsp_audit.reporting.view import site_view
from tests.reporting import factory_reports as factory

HOSTILE = "<script>alert(1)</script>\"'><img src=file:///etc/passwd onerror=x>{{ 7*7 }}"


class Addresses(HTMLParser):
    """Collects every tag, and every address that a document refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.found += [value or "" for name, value in attrs if name in ("src", "href", "style", "xlink:href")]


def html(result: Result, lang: Lang = "zh", **more) -> str:
    view = site_view(result, factory.standard(), lang)
    photos = load_photos(factory.ROOT / "examples", [row.key for row in view.evidence if row.photo])
    return render_html(view, photos, **more)


@pytest.fixture(scope="module")
def page() -> str:
    return html(factory.rated())


def test_every_part_of_the_report_is_there(page):
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert headings == [
        "一、场所和检查情况",
        "二、评定结果",
        "三、各类别得分",
        "四、未查清的条目",
        "五、逐项检查结果",
        "六、加分、扣分和参考项",
        "七、自评分与考核分",
        "八、豁免",
        "九、检查人员备注",
        "十、原文未定、由标准设定的内容",
        "十一、整改清单",
        "十二、佐证材料",
        "十三、签字盖章",
    ]
    assert "<svg" in page
    assert "a1" * 32 in page
    assert "b2" * 32 in page


def test_it_is_one_file_that_loads_nothing(page):
    seen = Addresses()
    seen.feed(page)
    assert "script" not in seen.tags
    assert len(seen.found) == 4
    assert all(address.startswith("data:image/jpeg;base64,") for address in seen.found)
    assert "@import" not in page
    assert "url(" not in page


def test_hostile_text_stays_text():
    rows = factory.rules()
    for row in rows:
        row |= dict.fromkeys(("title", "observed", "required", "reason", "note"), HOSTILE)
        row["evidence"] = [{"path": f"photos/{HOSTILE}.jpg", "caption": HOSTILE}]
    dimensions = [d.model_dump() | {"title": HOSTILE} for d in factory.rated().dimensions or ()]
    site = factory.rated().site.model_dump() | {"name": HOSTILE, "head": HOSTILE}
    page = html(factory.rated(rules=rows, dimensions=dimensions, site=site))
    seen = Addresses()
    seen.feed(page)
    assert not {"script", "img"} & set(seen.tags)
    assert seen.found == []
    assert "{{ 7*7 }}" in page


def test_a_site_left_out_has_a_short_report():
    page = html(factory.not_rated())
    assert re.findall(r"<h2>(.*?)</h2>", page) == ["一、场所和检查情况", "二、评定结果", "三、签字盖章"]
    assert "暂不参评" in page
    assert "重新装修改造" in page
    assert "满分" not in page


def test_a_site_without_a_score_shows_its_items_and_no_number():
    page = html(factory.no_score())
    headings = [h.split("、", 1)[1] for h in re.findall(r"<h2>(.*?)</h2>", page)]
    assert headings == ["场所和检查情况", "评定结果", "逐项检查结果", "签字盖章"]
    assert "无法评分" in page
    assert "满分" not in page


def test_english_has_its_own_words():
    page = html(factory.rated(), "en")
    assert '<html lang="en">' in page
    assert "5. Result item by item" in page
    assert "逐项检查结果" not in page


def test_a_bureau_may_replace_a_template(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "_signatures.html.j2").write_text("<p>本局另行签章</p>", encoding="utf-8")
    page = html(factory.rated(), templates=[tmp_path])
    assert "本局另行签章" in page
    assert "检查人员（签字）" not in page


def test_a_photo_that_changed_since_is_said():
    rows = factory.rules()
    gone = {"path": "photos/gone.jpg", "sha256": "0" * 64}
    rows[1]["evidence"] = [{"path": "photos/hall.jpg", "sha256": "0" * 64}, {"path": "photos/none.jpg"}, gone]
    page = html(factory.rated(rules=rows))
    assert "照片与评定时的文件不同" in page
    assert page.count("照片文件未找到") == 1
    assert 'none.jpg<div class="hash">文件未找到</div></td>' in page


def test_ids_of_rules_are_not_broken_at_their_hyphens(page):
    whole = '<span class="whole-word">{}</span>'
    assert whole.format("GS-C-03") + "、" + whole.format("GS-C-07") in page
    unbroken = environment((content_dir("reports"),)).filters["unbroken"]
    assert unbroken("见NX-R-05/2，<b>2018-10-31") == "见" + whole.format("NX-R-05/2") + "，&lt;b&gt;2018-10-31"
    assert unbroken("a-rule-with-an-endless-id") == "a-rule-with-an-endless-id"


def test_the_chart_escapes_and_shortens_its_labels():
    rows = site_view(factory.rated(), factory.standard(), "zh").dimensions
    chart = dimension_bars(rows, 'a"<b>')
    assert "<b>" not in chart
    assert chart.count("<rect") == 3 * len(rows)
    assert "…" not in chart
