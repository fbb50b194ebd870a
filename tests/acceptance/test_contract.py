"""The contract, clause by clause: one standard and many inspections a file, scored through the command line.

The files in contract/ have the format of the conformance cases that live outside the repository. What they expect was
worked out by hand from the words of the contract. `raw` gives an inspection as text; `error` gives the exit code and
what the message must mention. Only the keys that a case names are compared; numbers within 0.0001.
"""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from plsp_audit.cli.app import run

CONTRACT = Path(__file__).parent / "contract"
GRADES = [
    {"id": "good", "title": "好", "from": 86},
    {"id": "medium", "title": "中", "from": 60},
    {"id": "poor", "title": "差", "from": 0},
]
STANDARD: dict[str, Any] = {
    "plsp": "standard/1",
    "title": "试用标准",
    "issuer": "试用司法局",
    "issued": "2020-01-01",
    "province": "试用省",
    "points_basis": "assigned",
    "sources": [{"id": "doc", "title": "试用文件", "outline": [{"at": "一", "about": "全部"}]}],
    "dimensions": [{"id": "d", "title": "建设", "weight": 1}],
    "grades": GRADES,
}
SCORING = {"model": "normalised", "full_marks": 100, "not_applicable": "exclude", "not_checked": "zero",
           "rounding": {"places": 0, "mode": "half_up"}, "max_total": 100, "bonus_cap": None}  # fmt: skip
PLACES = {"province": "试用省", "city": "乙市", "county": "甲县", "town": "丙镇", "village": "丁村"}
SITE = {"name": "甲县公共法律服务中心"} | PLACES
BLOCKS = ("facts", "judgements", "self_scores", "not_applicable", "waivers", "not_rated", "notes")


def _dump(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _write_standard(doc: dict[str, Any], folder: Path) -> None:
    standard = STANDARD | doc["standard"]
    standard["scoring"] = SCORING | doc["standard"].get("scoring", {})
    standard["tiers"] = [{"id": t, "title": t, "rules": f"{t}.yaml"} for t in doc["rules"]]
    home = folder / standard["id"]
    home.mkdir(parents=True)
    _dump(home / "standard.yaml", standard)
    _dump(home / "facts.yaml", {"plsp": "facts/1", "facts": doc["facts"]})
    for tier, rules in doc["rules"].items():
        usual = {"dimension": standard["dimensions"][0]["id"], "clause": {"source": "doc", "at": "一"}}
        _dump(home / f"{tier}.yaml", {"rules": [{"title": rule["id"]} | usual | rule for rule in rules]})


def _write_site(doc: dict[str, Any], case: dict[str, Any], number: int, folder: Path) -> Path:
    path = folder / f"case-{number:03}.yaml"
    if "raw" in case:
        path.write_text(case["raw"], encoding="utf-8")
        return path
    site = SITE | {"id": path.stem, "tier": case.get("tier", next(iter(doc["rules"])))} | case.get("site", {})
    inspection = {"date": "2020-06-01", "kind": "acceptance"} | case.get("inspection", {})
    body = {"plsp": "site/1", "site": site, "standard": doc["standard"]["id"], "inspection": inspection}
    _dump(path, body | {key: case[key] for key in BLOCKS if key in case})
    return path


def _differences(want: Any, have: Any, at: str = "") -> list[str]:
    if at.endswith(".grade") and isinstance(want, str):
        have = (have or {}).get("id")
    if at.endswith((".rules", ".dimensions")) and isinstance(have, list):
        have = {entry["id"]: entry for entry in have}
    if isinstance(want, dict) and have is not None:
        if not isinstance(have, dict):
            return [f"{at}: wanted a mapping, got {have!r}"]
        return [d for key, value in want.items() for d in _differences(value, have.get(key), f"{at}.{key}")]
    if isinstance(want, int | float) and not isinstance(want, bool):
        same = isinstance(have, int | float) and not isinstance(have, bool) and abs(want - have) <= 1e-4
    elif isinstance(want, list) and at.endswith("missing"):
        same = sorted(map(str, want)) == sorted(map(str, have or []))
    else:
        same = bool(want == have)
    return [] if same else [f"{at}: wanted {want!r}, got {have!r}"]


def _score(paths: list[Path], standards: Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["score", *map(str, paths), "--standards", str(standards), "--json"])
    return code, out.getvalue(), err.getvalue()


def _refused(case: dict[str, Any], code: int, said: str) -> list[str]:
    wanted = case["error"]
    faults = [f"does not mention {word!r}" for word in wanted.get("mentions", []) if word not in said]
    if code != wanted.get("exit", 3):
        faults.append(f"exit {code}")
    return [f"{case['name']}: {fault} | {said.strip()[-300:]}" for fault in faults]


@pytest.mark.parametrize("path", sorted(CONTRACT.glob("*.yaml")), ids=lambda path: path.stem)
def test_contract(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLSP_LANG", "zh")
    doc = yaml.safe_load(path.read_text(encoding="utf-8"))
    _write_standard(doc, tmp_path / "standards")
    sites = [(case, _write_site(doc, case, number, tmp_path)) for number, case in enumerate(doc["cases"])]
    good = [(case, site) for case, site in sites if "error" not in case]
    faults: list[str] = []
    if good:
        code, out, err = _score([site for _, site in good], tmp_path / "standards")
        lines = [json.loads(line) for line in out.splitlines()]
        assert len(lines) == len(good), f"exit {code}: {err[-2000:]}"
        assert code == 0, err[-2000:]
        for (case, _), result in zip(good, lines, strict=True):
            faults += [f"{case['name']}: {d.lstrip('.')}" for d in _differences(case["expect"], result)]
    for case, site in sites:
        if "error" in case:
            code, out, err = _score([site], tmp_path / "standards")
            faults += _refused(case, code, err + out)
    assert not faults, "\n" + "\n".join(faults)
