"""What every test may use: where things are, and golden files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"

settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden with what the code gives now")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def examples() -> Path:
    return ROOT / "examples"


@pytest.fixture(scope="session")
def standards() -> Path:
    return ROOT / "standards"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str | bytes], None]:
    """Give `golden(name, actual)`: compare with tests/golden/<name>, or rewrite it under `--update-golden`.

    Text is compared with LF line ends and written as UTF-8. A file that is not there is a failure, never created in
    silence: a golden file says what somebody looked at and found right.
    """
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, actual: str | bytes) -> None:
        path = GOLDEN / name
        given = actual.replace("\r\n", "\n").encode("utf-8") if isinstance(actual, str) else actual
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != given:
                path.write_bytes(given)
            return
        if not path.is_file():
            pytest.fail(f"tests/golden/{name} is not there; look at the output, then run pytest --update-golden")
        kept = path.read_bytes()
        if isinstance(actual, str):
            assert given.decode("utf-8") == kept.decode("utf-8"), f"differs from tests/golden/{name}"
        else:
            assert given == kept, f"differs from tests/golden/{name}: {len(given)} bytes, {len(kept)} there"

    return compare
