"""One site written as YAML, JSON, JSONL, CSV and XLSX is one and the same site; and no table breaks its reader."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import xlsxwriter
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plsp_audit.loading.site_tables import site_rows
from plsp_audit.model.facts import Fact
from plsp_audit.model.problem import InputError, Problem
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.json_file import json_line
from tests.loading.tables import desk, names

STANDARD, TIER = "gansu-2018", "station"
TEXT = (
    st.text(st.sampled_from("甲乙丙丁镇站a1 ,;\"'=+-@、：\n#是"), min_size=1, max_size=12).map(str.strip).filter(bool)
)
DAY = st.dates(date(2015, 1, 1), date(2019, 12, 31))
MARK = st.sampled_from(["有", "无", "未查"])


def standard() -> ResolvedStandard:
    return desk().standard(STANDARD).standard


def _value(fact: Fact) -> st.SearchStrategy[Any]:
    """Give values as an inspection file has them: text, or a mapping with every option."""
    options = list(fact.options)
    match fact.type:
        case "yes_no":
            return st.sampled_from(["是", "否", "有", "无", "未查"])
        case "number":
            return st.decimals(0, 100000, places=2).map(lambda n: f"{n.normalize():f}")
        case "integer":
            return st.integers(0, 5000).map(str)
        case "date":
            return DAY.map(str) | DAY.map(lambda day: f"{day:%Y-%m}")
        case "choice":
            return st.sampled_from([o.label for o in fact.options.values()] or ["甲"])
        case "choices":
            return st.tuples(*(MARK for _ in options)).map(lambda marks: _marked(options, marks)) | st.just("无")
        case "counts":
            counts = st.tuples(*(st.integers(0, 9).map(str) | st.just("未查") for _ in options))
            return counts.map(lambda found: dict(zip(options, found, strict=True)))
        case _:
            return TEXT


def _marked(options: list[str], marks: tuple[str, ...]) -> dict[str, list[str]]:
    found = {mark: [o for o, one in zip(options, marks, strict=True) if one == mark] for mark in ("有", "无", "未查")}
    return {mark: members for mark, members in found.items() if members or mark == "有"}


@st.composite
def sites(draw: st.DrawFn) -> dict[str, Any]:
    known = {fid: fact for fid, fact in standard().facts.facts.items() if fact.type != "records"}
    chosen = draw(st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=12, unique=True))
    facts = {fid: draw(_value(known[fid])) for fid in chosen}
    facts = {fid: value for fid, value in facts.items() if value != {"有": [], "未查": list(known[fid].options)}}
    rules = sorted({rule.id for rule in standard().rules[TIER]})
    judged = {key: kinds for key, kinds in names().judged.items() if key.partition("/")[0] in rules}
    tree: dict[str, Any] = {
        "plsp": "site/1",
        "site": {"id": "s-1", "name": draw(TEXT), "tier": TIER, "county": "陇溪县", "phone": "0932-0001"},
        "standard": STANDARD,
        "inspection": {
            "date": str(draw(DAY)),
            "kind": draw(st.sampled_from(["自查", "acceptance"])),
            "inspectors": draw(st.lists(st.sampled_from(["某甲", "某乙", "某丙"]), min_size=1, unique=True)),
        },
        "facts": facts,
    }
    for key in draw(st.lists(st.sampled_from(sorted(judged)), max_size=2, unique=True)):
        field = "points" if judged[key] == {"points"} else "deduct"
        tree.setdefault("judgements", {})[key] = {field: draw(st.sampled_from(["0", "0.5", "1"])), "note": draw(TEXT)}
    for rule in draw(st.lists(st.sampled_from(rules), max_size=2, unique=True)):
        tree.setdefault("self_scores", {})[rule] = "0.5"
        tree.setdefault("notes", {})[rule] = draw(TEXT)
        tree.setdefault("evidence", {})[rule] = ["a.jpg", "b.pdf"]
    if draw(st.booleans()):
        tree["waivers"] = [{"rule": rules[0], "reason": draw(TEXT), "until": "2019-06-30"}]
    return tree


def _columns(tree: dict[str, Any], draw: Any) -> list[tuple[str, str]]:
    """Write a site as heads and cells, facts by any of their names."""
    found = [(key, tree[key]) for key in ("standard",)]
    for block in ("site", "inspection"):
        for key, value in tree[block].items():
            found.append((f"{block}.{key}", "、".join(value) if isinstance(value, list) else value))
    for fid, value in tree["facts"].items():
        fact = standard().facts.facts[fid]
        named = [name for name in (fid, fact.label, *fact.aliases) if names().fact_id(name) == fid]
        head = draw(st.sampled_from(["facts." + name for name in named]))
        if not isinstance(value, dict):
            found.append((head, value))
            continue
        cells = value if fact.type == "counts" else {o: mark for mark, members in value.items() for o in members}
        found += [(f"{head}.{fact.options[option].label}", cell) for option, cell in cells.items()]
    for key, entry in tree.get("judgements", {}).items():
        words = {"points": "得分", "deduct": "扣分", "note": "说明"}
        found += [(f"{key} {words[field]}", value) for field, value in entry.items()]
    for block, word in (("self_scores", "自评分"), ("notes", "备注"), ("evidence", "佐证")):
        for rule, value in tree.get(block, {}).items():
            found.append((f"{rule} {word}", "；".join(value) if isinstance(value, list) else value))
    for waiver in tree.get("waivers", []):
        found += [(f"{waiver['rule']} 豁免", waiver["reason"]), (f"{waiver['rule']} 有效期至", waiver["until"])]
    return found


def _csv(columns: list[tuple[str, str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(zip(*columns, strict=True))
    return text.getvalue().encode("utf-8-sig")


def _book(columns: list[tuple[str, str]]) -> bytes:
    """Write cells as a clerk's spreadsheet has them: numbers and dates as such."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("场所")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, (head, cell) in enumerate(columns):
        sheet.write_string(2, number + 1, head)
        if cell.replace(".", "", 1).isdecimal():
            sheet.write_number(3, number + 1, float(cell))
        elif len(cell) == 10 and cell[:2] == "20" and cell[4] == "-":
            sheet.write_datetime(3, number + 1, date.fromisoformat(cell), day)
        else:
            sheet.write_string(3, number + 1, cell)
    book.close()
    return content.getvalue()


def _line(path: Path, table: bool) -> str:
    """Give the result as one line, or everything that is wrong without where it stands."""
    try:
        if not table:
            return json_line(desk().score(path).result)
        (row,) = site_rows(path, path.name, names())
        return json_line(desk().score_opened(desk().open_document(row), path.parent).result)
    except InputError as error:
        return str(sorted((p.code, str(p.params.get("label")), str(p.params.get("value"))) for p in error.problems))


@settings(max_examples=40, deadline=None)
@given(sites(), st.data())
def test_one_site_is_the_same_however_it_is_written(tree: dict[str, Any], data: st.DataObject) -> None:
    columns = data.draw(st.permutations(_columns(tree, data.draw)))
    plain = json.dumps(tree, ensure_ascii=False)
    written = {
        "a.yaml": yaml.safe_dump(tree, allow_unicode=True).encode(),
        "a.json": plain.encode(),
        "a.jsonl": plain.encode() + b"\n",
        "a.csv": _csv(columns),
        "a.xlsx": _book(columns),
    }
    with tempfile.TemporaryDirectory() as folder:
        lines = {}
        for name, content in written.items():
            path = Path(folder) / name
            path.write_bytes(content)
            lines[name] = _line(path, name not in ("a.yaml", "a.json"))
    assert lines["a.yaml"].startswith("{")
    assert dict.fromkeys(lines, lines["a.yaml"]) == lines


GOOD = _book(
    [("编号", "s-1"), ("名称", "甲"), ("层级", "工作站"), ("标准", STANDARD), ("日期", "2018-10-31"), ("面积", "120")]
)


def _read(suffix: str, content: bytes) -> None:
    found: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        try:
            for row in site_rows(path, path.name, names(), found.append):
                found += row.problems
                try:
                    desk().open_document(row)
                except InputError as error:
                    found += error.problems
        except InputError as error:
            found += error.problems
    for problem in found:
        assert problem.place.file == path.name
        assert problem.text("zh") != problem.text("en")


SCRAPS = st.lists(
    st.sampled_from(
        [
            "编号",
            "名称",
            "层级",
            "日期",
            "标准",
            "面积",
            "s-1",
            "工作站",
            STANDARD,
            "2018-10-31",
            "合计",
            ",",
            ";",
            "\t",
            '"',
            "\n",
            "\r\n",
            "\r",
            "{",
            "}",
            '"plsp":"site/1"',
            ":",
            "[",
            "]",
            "\ufeff",
            "\x01",
            "=1+1",
            " ",
        ]
    )
    | st.text(max_size=3),
    max_size=60,
).map("".join)
HEAD = "编号,名称,层级,标准,日期,面积\n"


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([".csv", ".jsonl", ".xlsx"]), SCRAPS, st.booleans(), st.sampled_from(["utf-8", "gb18030", "utf-16"])
)
def test_scraps_never_break_a_reader(suffix: str, text: str, heads: bool, encoding: str) -> None:
    _read(suffix, ((HEAD if heads else "") + text).encode(encoding, "ignore"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([".csv", ".jsonl", ".xlsx"]))
def test_random_bytes_never_break_a_reader(content: bytes, suffix: str) -> None:
    _read(suffix, content)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_workbook_never_breaks_its_reader(data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        _read(".xlsx", GOOD[: data.draw(st.integers(0, len(GOOD)))])
        return
    with ZipFile(io.BytesIO(GOOD)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name]) - 1))
    scrap = data.draw(st.sampled_from([b"", b"<", b">", b'"', b"&", b"-9", b"99999999999", b"</c>", b"\x00", b"XFD"]))
    content = io.BytesIO()
    with ZipFile(content, "w") as new:
        for one, part in parts.items():
            new.writestr(one, part[:at] + scrap + part[at + len(scrap) :] if one == name else part)
    _read(".xlsx", content.getvalue())
