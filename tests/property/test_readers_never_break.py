"""Whatever the bytes, a reader gives a document or says what is wrong, and no reader leaves anything out."""

from __future__ import annotations

import random
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plsp_audit.loading.locate import Kind, Marks
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.model.problem import InputError
from tests.property.yamlish import SITE, anything, samples


def survive(data: bytes, kind: Kind) -> None:
    try:
        read = read_bytes(data, "f", kind)
    except InputError as error:
        for problem in error.problems:
            assert problem.text("zh")
            assert problem.text("en")
            assert problem.place.line is None or problem.place.line <= data.count(b"\n") + data.count(b"\r") + 1
        return
    read.text.encode()
    lines = read.text.split("\n")
    for path in paths(read.tree, ()):
        place = read.place(path)
        assert place.line is not None
        assert place.column is not None
        assert place.line <= len(lines)
        assert place.column <= len(lines[place.line - 1]) + 1


def paths(node: Any, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(found for key, child in below for found in paths(child, (*path, key)))]


@settings(max_examples=200)
@given(st.binary(max_size=60), st.sampled_from(["yaml", "json"]))
def test_any_bytes(data: bytes, kind: Kind) -> None:
    survive(data, kind)


@settings(max_examples=200)
@given(st.text(max_size=60), st.sampled_from(["utf-8", "gb18030"]), st.sampled_from(["yaml", "json"]))
def test_any_text(text: str, encoding: str, kind: Kind) -> None:
    survive(text.encode(encoding, "replace"), kind)


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_marks_of_any_text(text: str) -> None:
    for kind in ("yaml", "json"):
        line, column = Marks(text, kind).at(("a", 0))
        assert min(line, column) >= 1


def test_damaged_bytes_of_real_files() -> None:
    good = [text.encode("utf-8", "replace") for text in samples() if len(text) < 20_000] + [SITE.encode("gb18030")]
    end, seed = time.monotonic() + 1.5, 0
    while time.monotonic() < end:
        rng = random.Random(seed)
        data = bytearray(rng.choice(good))
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(data))
            data[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(3))
        survive(bytes(data), "yaml")
        survive(anything(rng, [SITE]).encode("utf-8", "replace"), rng.choice(["yaml", "json"]))
        seed += 1
    assert seed > 20
