"""The documents are true: their commands run as shown, their snippets are valid, their links lead somewhere."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from plsp_audit.batch.desk import Desk
from plsp_audit.cli.app import COMMANDS, run
from plsp_audit.cli.exits import Exit
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.model.catalogue import say
from plsp_audit.model.result import Result, RuleResult
from plsp_audit.model.vocabulary import SITE_WORDS
from plsp_audit.reporting.pango import pango_missing
from tests.docs.snippets import (
    DOCUMENTS,
    ROOT,
    Command,
    Fence,
    Trial,
    WorkedRule,
    anchors,
    commands,
    is_chinese,
    links,
    name_of,
    pack_files,
    worked_rules,
    yaml_fences,
)

STATES = ("pass", "partial", "fail", "not_applicable", "not_checked", "waived", "info")
WORDS = {"得分": "points", "扣分": "deduct", "不适用": "not_applicable"}
HEADS = {
    "station": ("ningxia-2018", "兴庆区青禾街道公共法律服务工作站", "宁夏回族自治区", "银川市", "兴庆区", "青禾街道"),
    "room": ("gansu-2018", "桃园村公共法律服务工作室", "甘肃省", "定西市", "陇溪县", "松坪镇"),
    "county_center": ("gansu-2018", "陇溪县公共法律服务中心", "甘肃省", "定西市", "陇溪县", "松坪镇"),
}
ids = [name_of(document) for document in DOCUMENTS]
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=ids)


def _run(text: str) -> tuple[int, str]:
    """Run one command of a document; plsp-audit in this process, anything else by the shell."""
    words = shlex.split(text)
    if words[0] != "plsp-audit" or "|" in words or ">" in words:
        done = subprocess.run(["sh", "-c", text], capture_output=True, text=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout + done.stderr
    both = io.StringIO()
    with contextlib.redirect_stdout(both), contextlib.redirect_stderr(both):
        code = run(words[1:])
    return code, both.getvalue()


def _unseen(shown: list[str], output: str) -> str | None:
    """Give the first shown line that the output does not have, in order, from where the one before was found."""
    lines = iter(line.rstrip() for line in output.splitlines())
    for want in shown:
        if want == "…":
            continue
        cut = want.endswith("…") and not output.count(want)
        start = want.removesuffix("…")
        if not any(line.startswith(start) if cut else line == want for line in lines):
            return want
    return None


@every_document
def test_console_examples(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = commands(document)
    if not given:
        return
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "standards", tmp_path / "standards")
    for name, body in pack_files(document):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(body, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLSP_LANG", "zh" if is_chinese(document) else "en")
    for name in ("COLUMNS", "PLSP_STANDARDS", "PLSP_TEMPLATES"):
        monkeypatch.delenv(name, raising=False)
    faults = []
    for command in given:
        code, output = _run(command.text)
        if code == Exit.NOT_WRITTEN and pango_missing():
            continue
        unseen = _unseen(command.shown, output)
        if code != command.code or unseen is not None:
            faults.append(_told(document, command, code, unseen, output))
    assert not faults, "\n".join(faults)


def _told(document: Path, command: Command, code: int, unseen: str | None, output: str) -> str:
    where = f"{name_of(document)}:{command.line}: {command.text}"
    return f"{where}\n  exit {code}, claimed {command.code}; not shown: {unseen!r}\n{output[-3000:]}"


def _head(tier: str) -> str:
    standard, name, province, city, county, town = HEADS[tier]
    village = ", village: 桃园村" if tier == "room" else ""
    places = f"province: {province}, city: {city}, county: {county}, town: {town}{village}"
    site = f"id: try, name: {name}, tier: {tier}, {places}"
    return f"plsp: site/1\nsite: {{{site}}}\nstandard: {standard}\ninspection: {{date: 2018-10-23, kind: acceptance}}\n"


def _whole(fence: Fence) -> bytes:
    """Give a complete inspection: the snippet alone, or below a head that lacks what the snippet has."""
    if fence.body.lstrip().startswith(("plsp:", "#")) and "\nplsp:" in "\n" + fence.body:
        return fence.body.encode()
    own = set(re.findall(r"^(\w+):", fence.body, re.MULTILINE))
    words = {key: word for word, key in SITE_WORDS["top"].items()}
    head = [line for line in _head(fence.words[1] if len(fence.words) > 1 else "station").splitlines()
            if not own & {key := line.partition(":")[0], words.get(key, key)}]  # fmt: skip
    return ("\n".join(head) + "\n" + fence.body).encode()


@every_document
def test_site_snippets(document: Path) -> None:
    desk = Desk(Library())
    for fence in yaml_fences(document, "site"):
        opened = desk.open_document(read_bytes(_whole(fence), f"{name_of(document)}:{fence.line}"))
        assert not opened.warnings, opened.warnings


@every_document
def test_worked_rules(document: Path, tmp_path: Path) -> None:
    """Every rule of a snippet is valid and gives what the comments below it say."""
    rules = [rule for fence in yaml_fences(document, "rules") for rule in worked_rules(fence)]
    if not rules:
        return
    whole = [_completed(rule, number) for number, rule in enumerate(rules, start=1)]
    _write_pack(document, whole, tmp_path / "worked")
    desk = Desk(Library([tmp_path]), lang="zh" if is_chinese(document) else "en")
    faults = []
    for rule, entry in zip(rules, whole, strict=True):
        for trial in rule.trials:
            found = _tried(desk, entry, trial)
            if fault := _wrong(trial, found):
                faults.append(f"{name_of(document)}:{rule.line}: {trial.given}: {fault}")
    assert not faults, "\n".join(faults)


def _completed(rule: WorkedRule, number: int) -> dict[str, Any]:
    entry = yaml.safe_load(rule.text)[0]
    usual = {"id": f"W-{number:03}", "title": f"例{number}", "dimension": "d", "clause": "一", "remedy": "整改"}
    return {**usual, **entry}


def _write_pack(document: Path, rules: list[dict[str, Any]], folder: Path) -> None:
    standard = {
        "plsp": "standard/1", "id": folder.name, "title": "文档举例", "points_basis": "assigned",
        "sources": [{"id": "doc", "title": "文件", "outline": [{"at": "一", "about": "全部"}]}],
        "dimensions": [{"id": "d", "title": "类别"}],
        "grades": [{"id": "good", "title": "好", "from": 86}, {"id": "medium", "title": "中", "from": 60},
                   {"id": "poor", "title": "差", "from": 0}],
        "tiers": [{"id": "station", "title": "工作站", "rules": "station.yaml"}],
    }  # fmt: skip
    facts = {key: fact for fence in yaml_fences(document, "facts") for key, fact in yaml.safe_load(fence.body).items()}
    folder.mkdir()
    parts = {"standard": standard, "facts": {"plsp": "facts/1", "facts": facts}, "station": {"rules": rules}}
    for name, content in parts.items():
        text = yaml.safe_dump(json.loads(json.dumps(content, default=str)), allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def _tried(desk: Desk, rule: dict[str, Any], trial: Trial) -> RuleResult:
    text = trial.given if trial.given.startswith("{") else "{" + trial.given.replace("—", "") + "}"
    given = yaml.load(text, yaml.BaseLoader)
    own = {WORDS.get(key, key): value for key, value in given.items()}
    judged = {key: own.pop(key) for key in ("points", "deduct") if key in own}
    body: dict[str, Any] = {}
    if "deduct" in judged and isinstance(judged["deduct"], list):
        body["judgements"] = {rule["id"]: [{"deduct": value} for value in judged["deduct"]]}
    elif judged:
        body["judgements"] = {rule["id"]: judged}
    if "not_applicable" in own:
        body["not_applicable"] = {rule["id"]: own.pop("not_applicable")}
    head = _head("station").replace("ningxia-2018", "worked")
    text = head + yaml.safe_dump({**body, "facts": own}, allow_unicode=True)
    opened = desk.open_document(read_bytes(text.encode(), trial.given))
    result = desk.score_opened(opened, Path()).result
    return next(r for r in result.rules or [] if r.id == rule["id"])


def _wrong(trial: Trial, found: RuleResult) -> str | None:
    """Say how a claim differs from what came out; None where it does not."""
    named = {say(f"label.state.{state}"): state for state in STATES} | {state: state for state in STATES}
    have = [float(found.awarded), *([float(found.low), float(found.high)] if len(trial.numbers) > 1 else [])]
    want = [float(number.replace("−", "-")) for number in trial.numbers]
    close = len(want) == len(have) and all(abs(a - b) < 0.006 for a, b in zip(want, have, strict=True))
    if named.get(trial.state) == found.state and (close or not want):
        return None
    return f"claimed {trial.state} {want}, got {found.state} {have} ({float(found.low)}–{float(found.high)})"


@every_document
def test_links(document: Path) -> None:
    faults = []
    for target in links(document):
        if re.match(r"[a-z]+:", target):
            faults.append(f"{target}: documents link to what is here, not to the network")
            continue
        name, _, anchor = target.partition("#")
        path = (document.parent / name).resolve() if name else document
        if not path.exists():
            faults.append(f"{target}: not there")
        elif anchor and anchor not in anchors(path):
            faults.append(f"{target}: no such heading")
    assert not faults, "\n".join(faults)


@every_document
def test_only_commands_that_exist(document: Path) -> None:
    """No document speaks of a command that the program does not have."""
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"plsp-audit(?:\.exe)?(?: --lang (?:zh|en)| --verbose)* ([a-z]+)\b", text)
    assert set(named) <= set(COMMANDS)


def test_both_readmes_hold_the_same_commands() -> None:
    english, chinese = (commands(ROOT / name) for name in ("README.md", "README.zh-CN.md"))
    assert [(c.text, c.code) for c in english] == [(c.text, c.code) for c in chinese]


def test_files_reference_names_every_key() -> None:
    """docs/files.md names every key of an inspection with its Chinese word, and every key of a result."""
    text = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    for block in SITE_WORDS.values():
        for word, key in block.items():
            assert re.search(rf"\| `{key}` \| {word} \|", text), f"{key} {word}"
    for key in Result.model_fields:
        assert f"`{key}`" in text, key
    for key in RuleResult.model_fields:
        assert f"`{key}`" in text, key


def test_reports_shown_are_small() -> None:
    for picture in (ROOT / "docs" / "images").glob("*.png"):
        assert os.path.getsize(picture) < 300_000, picture.name
        assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n", picture.name


