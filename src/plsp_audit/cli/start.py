"""Where the command starts: answers `--version` at once, readies the console, and turns what escapes into an exit code.

Everything heavy is imported inside functions: `--version` must not pay for libraries that it does not use.
"""

from __future__ import annotations

import errno
import os
import sys

from plsp_audit import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

NOT_WRITTEN = 6
BUG = 70
INTERRUPTED = 130
BROKEN_PIPE = 141
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_TAKE_A_VALUE = ("--lang",)


def main(argv: Sequence[str] | None = None) -> int | None:
    """Run the command line.

    Args:
        argv: The arguments after the program's name; those of the process when left out.

    Returns:
        The exit code; None means 0.
    """
    code = _guarded(list(sys.argv[1:] if argv is None else argv))
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        _hush()
    return code


def _guarded(args: list[str]) -> int:
    """Run the command line; turn what escapes into an exit code."""
    try:
        return _run(args)
    except KeyboardInterrupt:
        _tell("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _hush()
        return BROKEN_PIPE
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            _tell("full")
            _hush()
            return NOT_WRITTEN
        return _bug(error, verbose="--verbose" in args)


def _run(args: list[str]) -> int:
    if _asks_version(args):
        print(f"plsp-audit {__version__}")
        code = 0
    else:
        _open_streams()
        for stream in (sys.stdout, sys.stderr):
            _ready(stream)
        from plsp_audit.cli import app

        code = app.run(args)
    if sys.stdout is not None:
        sys.stdout.flush()
    return int(code)


def _open_streams() -> None:
    """Give a program that was started without a screen something to write to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 as long as the program runs


def _asks_version(args: list[str]) -> bool:
    """Tell whether `--version` stands among the options before the command."""
    expect_value = False
    for arg in args:
        if arg == "--version":
            return True
        if not expect_value and not arg.startswith("-"):
            return False
        expect_value = not expect_value and arg in _TAKE_A_VALUE
    return False


def _ready(stream: TextIO | None) -> None:
    """Make a stream able to carry Chinese, or at least not to fail on a character that its code page lacks.

    A terminal keeps its own code page, since it would show UTF-8 as garbage. A file or pipe gets UTF-8, unless the
    user chose otherwise.
    """
    reconfigure = getattr(stream, "reconfigure", None)
    if stream is None or reconfigure is None:
        return
    known = (stream.encoding or "").lower().replace("-", "").startswith("utf8")
    if known or stream.isatty() or os.environ.get("PYTHONIOENCODING"):
        reconfigure(errors="replace")
    else:
        reconfigure(encoding="utf-8", errors="replace")


def _tell(key: str, between: str = " ", **params: object) -> None:
    """Say something on stderr in both languages, since what went wrong may be the choice of language itself."""
    from plsp_audit.model.catalogue import say

    try:
        print(between.join(say(f"start.{key}", lang, **params) for lang in ("zh", "en")), file=sys.stderr)
    except OSError:
        return  # nobody can be told


def _hush() -> None:
    """Keep the interpreter from complaining, on its way out, about a pipe that nobody reads, or a disk that is full."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue


def _bug(error: Exception, verbose: bool) -> int:
    """Report what should never have escaped."""
    what = " ".join(str(error).split())[:200]
    _tell("bug", "\n", kind=type(error).__name__, what=what)
    if verbose:
        import traceback

        traceback.print_exception(error)
    else:
        _tell("bug_more", "\n")
    return BUG
