"""Whatever is done to a sound file: it is scored, or every problem has a place, and words that an inspector reads."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.validate import check
from plsp_audit.loading.packs import Library
from plsp_audit.model.problem import InputError, Problem
from tests.property.mangle import ENCODINGS, Change, changes, encoded, mangled

ROOT = Path(__file__).resolve().parents[2]
TRIAL = Path(__file__).resolve().parents[1] / "loading" / "standards"
SITES = [
    (TRIAL / "site.yaml").read_text(encoding="utf-8"),
    *(
        (ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8")
        for name in ("ningxia-room-poor", "ningxia-station-not-rated", "wafangdian-station")
    ),
]
AS_JSON = json.dumps(yaml.load(SITES[0], yaml.BaseLoader), ensure_ascii=False, indent=1)
# What a program says to programmers.
SPEECH = re.compile(
    r"Traceback|pydantic|\bNone\b|NoneType|[A-Z]\w+Error\b|(?<!!)\bstr\b|\bdict\b|<class|object at|Input should|"
    r"Extra inputs|Field required|\blist\[|~(?:literal|fact|by|one|many)\b|\x00|input_type|\bFraction\b|\w\(\)"
)
quick = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(Library([TRIAL]))


@pytest.fixture(scope="module")
def folder() -> Iterable[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def told(problems: Iterable[Problem], files: dict[str, bytes]) -> None:
    found = list(problems)
    assert found
    for problem in found:
        place = problem.place
        assert place.file in files, problem
        for lang in ("zh", "en"):
            said = problem.message(lang)
            assert said, problem
            assert not SPEECH.search(said), said
            assert "\n" not in said, said
            assert len(said) < 2500, said
        if place.line is None:
            assert problem.code.startswith("file_"), problem
            continue
        data = files[place.file]
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        if "�" in text:
            assert 1 <= place.line <= data.count(b"\n") + data.count(b"\r") + 1
            continue
        lines = text.split("\n")
        assert 1 <= place.line <= len(lines), problem
        assert place.column is None or 1 <= place.column <= len(lines[place.line - 1]) + 1, problem


def scored_or_told(data: bytes, path: Path, desk: Desk) -> None:
    path.write_bytes(data)
    try:
        desk.score(path)
    except InputError as error:
        told(error.problems, {str(path): data})
        assert any(p.severity == "error" for p in check(path, desk))
    else:
        assert not [p for p in check(path, desk) if p.severity == "error"]


@quick
@given(st.sampled_from(SITES), changes, st.sampled_from(ENCODINGS), st.sampled_from(["\n", "\n", "\r\n", "\r"]))
def test_inspections(desk: Desk, folder: Path, text: str, given_: list[Change], encoding: str, end: str) -> None:
    scored_or_told(encoded(mangled(text, given_), encoding, end), folder / "site.yaml", desk)


@quick
@given(changes, st.sampled_from(ENCODINGS))
def test_inspections_in_json(desk: Desk, folder: Path, given_: list[Change], encoding: str) -> None:
    scored_or_told(encoded(mangled(AS_JSON, given_), encoding, "\n"), folder / "site.json", desk)


@settings(quick, max_examples=20)
@given(st.sampled_from(["standard.yaml", "station.yaml", "facts.yaml"]), changes)
def test_standards(folder: Path, name: str, given_: list[Change]) -> None:
    home = folder / "standards"
    shutil.copytree(TRIAL, home, dirs_exist_ok=True)
    pack = home / "trial"
    (pack / name).write_bytes(encoded(mangled((pack / name).read_text(encoding="utf-8"), given_), "utf-8", "\n"))
    files = {str(path): path.read_bytes() for path in pack.glob("*.yaml")} | {str(pack): b""}
    shipped = Desk(Library([home]))
    found = [p for p in check(pack, shipped) if p.severity == "error"]
    if found:
        told(found, files)
    try:
        shipped.score(TRIAL / "site.yaml")
    except InputError as error:
        told(error.problems, {**files, str(TRIAL / "site.yaml"): (TRIAL / "site.yaml").read_bytes()})
    else:
        assert not found
