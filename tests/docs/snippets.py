"""What the documents show, read out of them: console examples, YAML snippets, pack files, worked rules, links.

The conventions, so that a document may be written without looking here:

- ```console`: lines that begin with `$ ` are commands, the lines below are their output in order; a line of `…` leaves
  lines out, a line that ends in `…` is cut there. ```console exit=3` gives the exit code of the block's commands.
  The examples of one document run one after the other in one folder that holds copies of examples/ and standards/.
- ```yaml file=PATH` is written there before any command of the document runs.
- ```yaml site` is an inspection, or blocks of one that stand below an ordinary head. ```yaml site room` and
  ```yaml site county_center` take the head of another tier.
- ```yaml facts` adds facts to the dictionary of the document's rules.
- ```yaml rules` lists rules; id, title, dimension and clause may be left out. Comments below a rule try it:
  `# 场所面积: 168 → 达标 6` or `# premises.area: 未查 → not_checked 0 (0–6)`. On the left stand facts as in an
  inspection, or the rule's 得分/points, 扣分/deduct or 不适用/not_applicable; `—` stands for nothing known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!`)\]\((?P<target>[^)\s]+)\)")
_RULE = re.compile(r"^- ", re.MULTILINE)


@dataclass(frozen=True)
class Fence:
    """One fenced block: its language, the words after it, its text, and the line it begins on."""

    language: str
    words: tuple[str, ...]
    body: str
    line: int


@dataclass
class Command:
    """One command of a console example, the output that is shown, and the exit code that is claimed."""

    line: int
    text: str
    shown: list[str] = field(default_factory=list)
    code: int = 0


@dataclass(frozen=True)
class Trial:
    """What one rule gives for some facts, as a comment below it says."""

    given: str
    state: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class WorkedRule:
    """One rule of a snippet, as text, and what is claimed of it."""

    line: int
    text: str
    trials: tuple[Trial, ...]


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def is_chinese(document: Path) -> bool:
    return document.name.endswith(".zh-CN.md")


def fences(document: Path) -> list[Fence]:
    text = document.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        words = match["info"].split()
        line = text.count("\n", 0, match.start()) + 2
        found.append(Fence(words[0] if words else "", tuple(words[1:]), match["body"], line))
    return found


def yaml_fences(document: Path, kind: str) -> list[Fence]:
    return [f for f in fences(document) if f.language == "yaml" and f.words[:1] == (kind,)]


def pack_files(document: Path) -> Iterator[tuple[str, str]]:
    for fence in fences(document):
        for word in fence.words:
            if fence.language == "yaml" and word.startswith("file="):
                yield word.removeprefix("file="), fence.body


def commands(document: Path) -> list[Command]:
    found: list[Command] = []
    for fence in fences(document):
        if fence.language != "console":
            continue
        first = len(found)
        for number, line in enumerate(fence.body.splitlines(), fence.line):
            if line.startswith("$ "):
                found.append(Command(number, line.removeprefix("$ ").strip()))
            elif line.strip():
                assert len(found) > first, f"{name_of(document)}:{number}: output without a command"
                found[-1].shown.append(line.rstrip())
        for command in found[first:]:
            command.code = next((int(w.removeprefix("exit=")) for w in fence.words if w.startswith("exit=")), 0)
    return found


def worked_rules(fence: Fence) -> list[WorkedRule]:
    starts = [match.start() for match in _RULE.finditer(fence.body)]
    pieces = [fence.body[a:b] for a, b in zip(starts, [*starts[1:], len(fence.body)], strict=True)]
    found = []
    for start, piece in zip(starts, pieces, strict=True):
        line = fence.line + fence.body.count("\n", 0, start)
        found.append(WorkedRule(line, piece, tuple(_trials(piece))))
    return found


def _trials(text: str) -> Iterator[Trial]:
    for line in text.splitlines():
        given, arrow, claimed = line.strip().removeprefix("#").partition(" → ")
        if line.strip().startswith("#") and arrow:
            state, *numbers = re.split(r"[\s()~–]+", claimed.strip().rstrip(")"))
            yield Trial(given.strip(), state, tuple(numbers))


def links(document: Path) -> Iterator[str]:
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    for match in _LINK.finditer(text):
        yield match["target"]


def anchors(document: Path) -> set[str]:
    """Give the anchors of a document's headings as the usual hosts make them."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    titles = re.findall(r"^#{1,6} +(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
