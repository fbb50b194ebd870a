"""The quick reader gives what the reference reader gives, or gives up."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plsp_audit.loading.fast import GAVE_UP, read_fast
from plsp_audit.loading.reference import read_yaml
from plsp_audit.model.problem import InputError
from tests.property.yamlish import SITE, WORDS, anything, document, samples


def agree(text: str) -> bool:
    """Check one text; tell whether the quick reader dared to read it."""
    quick = read_fast(text)
    if quick is GAVE_UP:
        return False
    try:
        slow = read_yaml(text, "f.yaml")
    except InputError as error:
        pytest.fail(f"read as {quick!r}, but refused: {error}\n{text!r}")
    # repr also compares the order of keys.
    assert repr(quick) == repr(slow), text
    return True


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_made_documents(rng: random.Random) -> None:
    agree(document(rng))


@settings(max_examples=400)
@given(st.text(alphabet=st.sampled_from(" :-#,[]{}\"'\n?&*|~\t：，\u3000ab甲0\u2028\ufeff"), max_size=60))
@example("a: [1,\n2]")
@example("a:\n- b\n- c\nd: e")
@example("- a: b\n  c:\n  - d\n- e")
@example("a: 'b''c'")
@example("a: b #c")
@example("a: b#c")
@example("a: ~\nb: ~ # x\nc: null ")
def test_odd_characters(text: str) -> None:
    agree(text)


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    agree(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_words_as_values(words: list[str]) -> None:
    agree("\n".join(f"k{number}: {word}" for number, word in enumerate(words)))
    agree("\n".join(f"- {word}" for word in words))
    agree(f"a: [{', '.join(words)}]")
    agree(f"a: {{{', '.join(f'k{number}: {word}' for number, word in enumerate(words))}}}")


def test_many_texts_in_a_second() -> None:
    good, seed, dared = samples(), 0, 0
    end = time.monotonic() + 1
    while time.monotonic() < end:
        dared += agree(anything(random.Random(seed), good))
        seed += 1
    assert dared > seed / 50, "a comparison with nothing proves nothing"


def test_ordinary_files_are_read_quickly() -> None:
    assert agree(SITE)
    plain = [text for text in samples() if not set("&*!|>\t\0\ufffd") & set(text)]
    assert sum(agree(text) for text in plain) >= len(plain) * 0.8


def test_the_grammar_makes_sound_and_broken_documents() -> None:
    dared = sum(agree(document(random.Random(seed))) for seed in range(400))
    assert 100 < dared < 300
