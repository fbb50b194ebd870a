from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from plsp_audit.cli.screen import PLAIN_WIDTH, plain_width
from plsp_audit.cli.table import score_table, score_text, show_score
from tests.reporting.factory_xlsx import no_score, not_rated, rated, standard


class Stream(io.TextIOWrapper):
    """A console or pipe of some encoding that fails on characters it lacks."""

    def __init__(self, encoding: str, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        self.flush()
        content: io.BytesIO = self.buffer  # type: ignore[assignment]
        return content.getvalue().decode(self.encoding)


def test_the_screen_says_what_the_report_says() -> None:
    text = score_text(rated(), standard=standard())
    for part in (
        "兴庆区凤凰北街街道公共法律服务工作站（yc-xq-01）",
        "乡镇(街道)公共法律服务工作站  2018年10月23日验收",
        "总分 46.24   等次 不合格   按46分定等次",
        "保底分到可达分 46.24 ~ 70.73",
        "核查率 77.78%",
        "加分 2",
        "扣分 1",
        "未达标和未查清的条目（7项）",
        "整改清单 3项；其中否决项1项",
    ):
        assert part in text


def test_only_items_that_need_attention_are_listed() -> None:
    text = score_text(rated(), standard=standard())
    listed = [line.split()[:3] for line in text.splitlines() if line.startswith(" NX-S-") or line.startswith("NX-S-")]
    assert [line[0] for line in listed] == [f"NX-S-{n:02}" for n in (1, 3, 6, 7, 9, 10, 12)]
    assert listed[0] == ["NX-S-01", "不达标", "0/6"]
    assert listed[1] == ["NX-S-03", "部分达标", "3.5/5"]
    assert listed[3] == ["NX-S-07", "未查", "0/10"]


def test_columns_stand_below_each_other() -> None:
    lines = score_text(rated(), standard=standard()).splitlines()
    rows = [line for line in lines if line.strip().startswith(("类别", "场所建设", "业务开展"))]
    ends = {cell_len(line) for line in rows}
    assert len(rows) == 3
    assert len(ends) == 1


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    lines = score_text(rated(), width=width, standard=standard()).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)


def test_a_pipe_gets_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    stream = Stream("utf-8", terminal=False)
    show_score(rated(), stream=stream)
    assert "\x1b" not in stream.text()
    assert "总分 46.24" in stream.text()


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Stream("utf-8", terminal=True)
    show_score(rated(), stream=stream)
    assert "\x1b[" in stream.text()


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437"])
def test_an_old_console_shows_what_it_can(encoding: str, terminal: bool) -> None:
    site = rated().site.model_dump() | {"name": "堃垚㙍村公共法律服务工作室\U00020000"}
    stream = Stream(encoding, terminal)
    show_score(rated(site=site), stream=stream, standard=standard())
    assert "46.24" in stream.text()
    if encoding == "gbk":
        assert "村公共法律服务工作室" in stream.text()


def test_text_from_files_cannot_steer_the_terminal() -> None:
    site = rated().site.model_dump() | {"name": "\x1b[31m红\x07[bold]站[/bold]"}
    text = score_text(rated(site=site))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[bold]站[/bold]" in text


def test_sites_without_a_score() -> None:
    assert "暂不参评；因街道办事处搬迁，经市局同意暂不参评" in score_text(not_rated())
    text = score_text(no_score())
    assert "无法评分；没有适用的计分条目" in text
    assert "总分" not in text


def test_a_site_without_findings() -> None:
    text = score_text(rated(rules=[], rectification=[], capped_by=[]))
    assert "没有未达标或未查清的条目。" in text
    assert "没有需要整改的条目。" in text


def test_english() -> None:
    text = score_text(rated(), "en", standard=standard())
    assert "Score 46.24" in text
    assert "not met" in text


def test_the_renderable_fits_other_output() -> None:
    console = Console(file=io.StringIO(), width=80)
    console.print(score_table(rated()))


@pytest.mark.parametrize(("given", "width"), [("120", 120), ("7", 40), ("", PLAIN_WIDTH), ("x", PLAIN_WIDTH)])
def test_plain_width(monkeypatch: pytest.MonkeyPatch, given: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", given)
    assert plain_width() == width
