"""The entry point: versions, streams, and what escapes."""

from __future__ import annotations

import io
import sys
from types import ModuleType

import pytest

import plsp_audit.cli
from plsp_audit import __version__
from plsp_audit.cli import start


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """An app in place of the real one; a test gives it its `run`."""
    fake = ModuleType("plsp_audit.cli.app")
    monkeypatch.setitem(sys.modules, "plsp_audit.cli.app", fake)
    monkeypatch.setattr(plsp_audit.cli, "app", fake, raising=False)
    return fake


def raising(error: BaseException):
    def run(argv: list[str]) -> int:
        raise error

    return run


@pytest.mark.parametrize("words", ["--version", "--verbose --version", "--lang en --version", "--lang=en --version x"])
def test_version(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(words.split()) == 0
    assert capsys.readouterr().out == f"plsp-audit {__version__}\n"


@pytest.mark.parametrize("argv", [["score", "--version"], ["--lang", "zh", "score", "--version"], []])
def test_only_an_option_before_the_command_asks_for_the_version(app: ModuleType, argv: list[str]) -> None:
    app.run = lambda args: 4 if args == argv else 70  # type: ignore[attr-defined]
    assert start.main(argv) == 4


def test_an_interrupt_is_one_line_and_130(app: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    app.run = raising(KeyboardInterrupt())  # type: ignore[attr-defined]
    assert start.main(["score"]) == 130
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "已中断" in err
    assert "Interrupted" in err


def test_a_bug_is_70_and_says_how_to_see_more(app: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    app.run = raising(ZeroDivisionError("a {brace}\nand a line"))  # type: ignore[attr-defined]
    assert start.main(["score"]) == 70
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert "ZeroDivisionError: a {brace} and a line" in err
    assert "--verbose" in err


def test_a_bug_shows_its_trace_when_asked(app: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    app.run = raising(ZeroDivisionError("x"))  # type: ignore[attr-defined]
    assert start.main(["--verbose", "score"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_an_exit_passes(app: ModuleType) -> None:
    app.run = raising(SystemExit(3))  # type: ignore[attr-defined]
    with pytest.raises(SystemExit) as caught:
        start.main(["score"])
    assert caught.value.code == 3


def test_a_broken_pipe_is_quiet() -> None:
    import subprocess

    code = (
        "import sys; from types import ModuleType; import plsp_audit.cli as c; m = ModuleType('plsp_audit.cli.app');"
        "m.run = lambda argv: print('x' * 2_000_000) or 0; sys.modules[m.__name__] = c.app = m;"
        "from plsp_audit.cli.start import main; sys.exit(main(['score']))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("kind", "given", "chosen", "then"),
    [
        (io.TextIOWrapper, "gbk", "", "utf-8"),  # a pipe or file
        (io.TextIOWrapper, "gbk", "gbk", "gbk"),  # the user chose
        (Terminal, "gbk", "", "gbk"),  # a console with a code page of its own
        (io.TextIOWrapper, "utf-8", "", "utf-8"),
    ],
)
def test_streams(monkeypatch, kind: type[io.TextIOWrapper], given: str, chosen: str, then: str) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", chosen)
    buffer = io.BytesIO()
    stream = kind(buffer, encoding=given, newline="\n")
    start._ready(stream)
    stream.write("120㎡ 㙍 \udcff\n")
    stream.flush()
    assert stream.encoding == then
    assert stream.errors == "replace"
    assert buffer.getvalue().decode(then).startswith("120")


def test_streams_that_cannot_be_changed_are_left_alone() -> None:
    start._ready(None)
    start._ready(io.StringIO())
