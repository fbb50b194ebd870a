"""The dashboard's file: what is in it, that nothing in it can run or load, and that it says what the summary says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import plsp_audit.model.catalogue as catalogue
from plsp_audit.reporting.dashboard import render_dashboard
from plsp_audit.reporting.dashboard_data import Texts, packed, rate, two_places
from plsp_audit.reporting.dashboard_sites import STATES, Limits
from tests.reporting.factory_dashboard import HOSTILE, OWN_BANDS, ROOT, dashboard, result, results, rolled

FOLDER = ROOT / "reports" / "dashboard"
GROUP, ID, NAME, STATUS, SCORE, GRADE, RANK, FAILS, PARTS, REASON = 0, 1, 2, 8, 9, 11, 12, 18, 19, 20


class Elements(HTMLParser):
    """What a browser would find: elements with their attributes, and the text of scripts and styles."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self._inside = False
        self.feed(page.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag in ("script", "style")
        if self._inside:
            self.texts.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            tag, given, before = self.texts[-1]
            self.texts[-1] = tag, given, before + data

    def data(self, name: str) -> Any:
        return json.loads(next(text for _, given, text in self.texts if given.get("id") == name))

    def run(self) -> list[str]:
        return [text for tag, given, text in self.texts if tag == "script" and "type" not in given]


@pytest.fixture(scope="module")
def given() -> list[dict[str, Any]]:
    return list(results(300))


@pytest.fixture(scope="module")
def page(given: list[dict[str, Any]]) -> bytes:
    return dashboard(given)


@pytest.fixture(scope="module")
def elements(page: bytes) -> Elements:
    return Elements(page)


def test_the_same_results_give_the_same_bytes(given: list[dict[str, Any]], page: bytes) -> None:
    assert dashboard(list(results(300))) == page


def test_the_results_are_read_once(given: list[dict[str, Any]], page: bytes) -> None:
    assert render_dashboard(rolled(given), (one for one in given), "zh") == page


def test_nothing_is_loaded(elements: Elements) -> None:
    for tag, attributes in elements.found:
        assert tag not in ("img", "iframe", "object", "embed", "form", "base"), tag
        assert not {"src", "srcset", "action", "formaction"} & set(attributes), (tag, attributes)
        assert attributes.get("href") in (None, "data:,"), (tag, attributes)
    style = "".join(text for tag, _, text in elements.texts if tag == "style")
    assert "url(" not in style
    assert "@import" not in style


def test_no_event_handler_and_no_style_stands_in_an_element(elements: Elements) -> None:
    for tag, attributes in elements.found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag


def test_the_policy_names_what_runs_and_allows_nothing_else(elements: Elements) -> None:
    policy = next(a["content"] for _, a in elements.found if a.get("http-equiv") == "Content-Security-Policy") or ""
    parts = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert parts["default-src"] == ["'none'"]
    assert parts["script-src"] == [hashed(text) for text in elements.run()]
    assert parts["style-src"] == [hashed(text) for tag, _, text in elements.texts if tag == "style"]
    assert parts["img-src"] == ["data:"]
    assert parts["base-uri"] == parts["form-action"] == ["'none'"]
    assert "unsafe" not in policy
    assert [tag for tag, _ in elements.found].index("meta") < [tag for tag, _ in elements.found].index("style")


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_groups_are_what_the_summary_counts(given: list[dict[str, Any]], elements: Elements) -> None:
    summary, head = rolled(given), elements.data("data")
    assert head["sites"] == [summary.sites, summary.rated, summary.not_rated, summary.no_score]
    assert [group["id"] for group in head["groups"]] == [group.standard_id for group in summary.groups]
    assert len(summary.groups) == 2
    assert summary.not_rated
    for said, group in zip(head["groups"], summary.groups, strict=True):
        assert [g[:2] for g in said["grades"]] == [[g.id, g.title] for g in group.grades]
        total = next(area for area in said["areas"] if area[0] == 0 and area[4] == -1)
        area = group.total()
        assert total[5:9] == [area.sites, area.rated, area.not_rated, area.no_score]
        assert total[9] == list(area.by_grade.values())
        assert sum(total[9]) == area.rated == area.sites - area.not_rated - area.no_score
        assert total[10] == two_places(area.mean)
        assert len(said["areas"]) == len(group.areas)
        assert [line[1] + line[2] for line in said["failed"]] == [row.short for row in group.rules if row.short]


def test_rows_are_the_sites(given: list[dict[str, Any]], elements: Elements) -> None:
    head, rows = elements.data("data"), elements.data("rows")
    assert [row[ID] for row in rows] == [one["site"]["id"] for one in given]
    for row, one in zip(rows, given, strict=True):
        group = head["groups"][row[GROUP]]
        assert group["id"] == one["standard"]["id"]
        assert row[SCORE] == (one["score"] or {}).get("value")
        assert (row[GRADE] == -1) is (one["grade"] is None)
        if one["grade"]:
            assert group["grades"][row[GRADE]][0] == one["grade"]["id"]
        failed = [rule["id"] for rule in one.get("rules", ()) if rule["state"] == "fail" and rule["level"] in COUNTED]
        assert [group["rules"][at][0] for at in row[FAILS]] == failed


COUNTED = ("required", "recommended", "penalty")


def test_a_rule_is_short_at_as_many_sites_as_the_summary_says(elements: Elements) -> None:
    head, rows = elements.data("data"), elements.data("rows")
    for at, group in enumerate(head["groups"]):
        mine = [row for row in rows if row[GROUP] == at]
        for rule, failing, partial, *_ in group["failed"]:
            assert sum(rule in row[FAILS] for row in mine) == failing
            assert sum(rule in row[PARTS] for row in mine) == partial


def test_details_follow_the_rows_and_tell_what_failed(given: list[dict[str, Any]], elements: Elements) -> None:
    head, texts = elements.data("data"), elements.data("texts")
    at = next(i for i, one in enumerate(given) if i > 100 and len(one.get("rectification", ())) > 3)
    detail = elements.data(f"details-{at // head['chunk']}")[at % head["chunk"]]
    one = given[at]
    group = next(g for g in head["groups"] if g["id"] == one["standard"]["id"])
    short = [rule for rule in one["rules"] if rule["state"] in STATES[:3]]
    wanted = [rule for rule in short if rule["state"] == "not_checked" or rule["level"] in COUNTED]
    told = detail[4]
    assert [group["rules"][line[0]][0] for line in told] == [rule["id"] for rule in wanted]
    assert [texts[line[6]] if line[6] >= 0 else "" for line in told] == [rule["reason"] for rule in wanted]
    assert [[line[1], line[2]] for line in detail[2]] == [[d["points"], d["awarded"]] for d in one["dimensions"]]
    lines = [[group["rules"][line[0]][0], texts[line[1]], texts[line[6]]] for line in detail[5]]
    assert lines == [[line["rule"], line["problem"], line["due"]] for line in one["rectification"]]
    assert sum(detail[3]) == len(one["rules"])


@pytest.mark.parametrize(("level", "priority", "word"), [
    ("penalty", "required", "扣分项"), ("penalty", "veto", "否决项"), ("required", "required", "必备项"),
])  # fmt: skip
def test_a_rule_that_takes_points_off_is_called_so(level: str, priority: str, word: str) -> None:
    one = next(one for one in results(300) if one.get("rectification"))
    line = one["rectification"][0]
    line["priority"] = priority
    next(rule for rule in one["rules"] if rule["id"] == line["rule"])["level"] = level
    shown = Elements(dashboard([one]))
    assert shown.data("data")["priorities"][shown.data("details-0")[0][5][0][5]] == word


def test_hostile_text_stays_text(given: list[dict[str, Any]]) -> None:
    hostile = [
        result(1, site={"name": HOSTILE, "county": HOSTILE, "town": HOSTILE}, status="not_rated", reason=HOSTILE),
        with_reason(result(3), HOSTILE),
    ]
    found, quiet = Elements(dashboard(hostile)), Elements(dashboard([result(1), result(3)]))
    assert [tag for tag, _ in found.found] == [tag for tag, _ in quiet.found]
    assert found.run() == quiet.run()
    shown = HOSTILE.replace("\u2028", "\n")
    assert found.data("rows")[0][NAME] == shown
    assert found.data("rows")[0][REASON] == shown
    assert shown in found.data("texts")


def with_reason(one: dict[str, Any], reason: str) -> dict[str, Any]:
    rules = [rule | {"state": "fail", "reason": reason, "observed": reason} for rule in one["rules"]]
    return one | {"rules": rules}


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "\u2028\u2029", "&lt;", "\x00", "😀"])
def test_packed_json_cannot_end_its_element(text: str) -> None:
    raw = packed([text])
    assert json.loads(raw) == [text]
    assert not re.search(rb"[<>&]|\xe2\x80[\xa8\xa9]", raw)


def test_half_a_character_is_no_fault() -> None:
    assert b"\xe2\x96\xa1" in dashboard([result(2, site={"name": "甲\ud800乙"})])


def test_endless_text_is_cut() -> None:
    assert len(dashboard([with_reason(result(3), "长" * 1_000_000)])) < len(dashboard([result(3)])) + 10_000


def test_a_newer_inspection_replaces_the_older() -> None:
    old = result(5, inspection={"date": "2018-10-10"})
    new = result(5, 8, inspection={"date": "2018-11-11", "kind": "recheck"}, input_digest="f" * 64)
    for order in ([old, new], [new, old]):
        found = Elements(dashboard(order))
        (row,) = found.data("rows")
        assert found.data("data")["names"][row[16]] == "2018-11-11"
        assert len(found.data("details-0")) == 1


def test_sites_without_a_score_are_told_with_their_reason(given: list[dict[str, Any]], elements: Elements) -> None:
    rows = [row for row in elements.data("rows") if row[STATUS]]
    assert {row[ID]: row[REASON] for row in rows} == {
        one["site"]["id"]: one["reason"] for one in given if one["status"] != "rated"
    }
    assert all(row[RANK] is None and row[SCORE] is None for row in rows)


def test_too_many_sites_leave_out_details_then_rows(given: list[dict[str, Any]]) -> None:
    found = Elements(dashboard(given, limits=Limits(details=299)))
    assert found.data("data")["has"] == [True, False]
    assert len(found.data("rows")) == 300
    assert not [a for _, a in found.found if (a.get("id") or "").startswith("details-")]
    found = Elements(dashboard(given, limits=Limits(details=299, rows=299)))
    assert found.data("data")["has"] == [False, False]
    assert len(found.data("rows")) == sum(one["status"] != "rated" for one in given)
    assert found.data("data")["groups"][0]["failed"]


def test_no_site_at_all() -> None:
    found = Elements(dashboard([]))
    assert found.data("data")["groups"] == []
    assert found.data("rows") == []


def test_the_page_speaks_english(given: list[dict[str, Any]]) -> None:
    found = Elements(dashboard(given[:20], "en"))
    assert ("html", {"lang": "en"}) in found.found
    assert found.data("data")["words"]["heading"]["rules"] == "Rules that fail most"


def test_own_templates_come_first(tmp_path: Path, given: list[dict[str, Any]]) -> None:
    (tmp_path / "dashboard").mkdir()
    (tmp_path / "dashboard" / "dashboard.css").write_text("body { color: navy }", encoding="utf-8")
    assert b"color: navy" in dashboard(given[:3], templates=(tmp_path,))


def test_own_bands_are_a_group_of_their_own(elements: Elements) -> None:
    titles = {group["id"]: [grade[1] for grade in group["grades"]] for group in elements.data("data")["groups"]}
    assert titles[OWN_BANDS] != titles["ningxia-2018"]


@pytest.mark.parametrize(
    ("value", "shown"), [(Fraction(1, 3), 0.33), (Fraction(-5, 1000), -0.01), (Fraction(90), 90), (None, None)]
)
def test_numbers_are_rounded_as_on_paper(value: Fraction | None, shown: float | None) -> None:
    assert two_places(value) == shown


def test_rates_are_percentages() -> None:
    assert rate(Fraction(63, 64)) == 98.44
    assert rate(None) is None


def test_equal_texts_stand_once() -> None:
    texts = Texts("zh", 10)
    assert [texts.number(t) for t in ("缺少", "缺少 ", "缺少", "", None, "有")] == [0, 0, 0, -1, -1, 1]
    assert texts.all == ["缺少", "有"]


def scripts() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))


def leaves(node: dict[str, Any], path: str = "") -> set[str]:
    return {
        key
        for name, value in node.items()
        for key in (leaves(value, f"{path}{name}.") if isinstance(value, dict) else {path + name})
    }


def test_every_word_that_the_page_says_is_in_the_catalogue() -> None:
    words = tomllib.loads(
        (Path(catalogue.__file__).parent / "zh" / "dashboard.toml").read_text(encoding="utf-8")
    )  # fmt: skip
    known, script = leaves(words), scripts()
    said = set(re.findall(r'\bsay\("([\w.]+\w)"', script))
    said |= {f"word.{key}" for key in re.findall(r'\bword\("(\w+)"', script)}
    said |= {f"note.{key}" for key in re.findall(r'\b(?:note|hint)\("(\w+)"', script)}
    said |= {f"heading.{key}" for key in re.findall(r'\bsection\("\w+", "(\w+)"', script)}
    assert {key for key in said if not key.endswith(".")} - known == set()
    template = (FOLDER / "dashboard.html.j2").read_text(encoding="utf-8")
    used = said | set(re.findall(r'say\("([\w.]+)"', template))
    quoted = set(re.findall(r'"([\w.]+)"', script))
    assert {key for key in known - used - quoted if key.rpartition(".")[2] not in quoted} == set()


def test_the_page_never_reads_text_as_html() -> None:
    script = scripts()
    for danger in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert danger not in script


def test_the_library_is_what_its_note_says() -> None:
    raw = (FOLDER / "vendor" / "echarts.min.js").read_bytes()
    note = (FOLDER / "vendor" / "VERSION").read_text(encoding="utf-8")
    assert hashlib.sha256(raw).hexdigest() in note
    assert f"{len(raw)} bytes" in note
    assert len(raw) < 1_000_000
    assert "Apache License" in (FOLDER / "vendor" / "LICENSE").read_text(encoding="utf-8")
    assert re.search(rb't\.version="([\d.]+)"', raw)[1].decode() in note.partition("\n")[0]  # type: ignore[index]


def test_the_licence_goes_with_the_page(page: bytes) -> None:
    assert b"Apache License" in page
    assert b"Redistribution and use in source and binary forms" in page


def test_another_package_is_not_vendored(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "other", "license": "MIT", "version": "1.0.0"}')
    script = ROOT / "scripts" / "vendor_dashboard.py"
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not echarts" in done.stderr
