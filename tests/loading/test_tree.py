from __future__ import annotations

import pytest

from plsp_audit.loading.reference import read_yaml
from plsp_audit.loading.tree import Kind, read_tree
from plsp_audit.model.problem import InputError, Problem


def faults(text: str, kind: Kind = "yaml") -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_tree(text, "f.yaml", kind)
    for problem in caught.value.problems:
        assert problem.place.file == "f.yaml"
        assert "{" not in problem.message("zh").replace("“{”", "")
        assert problem.message("en") != problem.message("zh")
    return list(caught.value.problems)


def told(text: str, kind: Kind = "yaml") -> list[tuple[str, int | None, int | None]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in faults(text, kind)]


@pytest.mark.parametrize(
    "word",
    [
        *("010", "no", "on", "yes", "off", "y", "n", "1:30", "1e3", "2018-10-31", "2025-02-30"),
        *("0o17", "0x1F", ".5", ".nan", ".inf", "-.inf", "1_000", "true", "True", "0951-12348", "=", "12:30:45"),
    ],
)
@pytest.mark.parametrize("form", ["a: {}", "- {}", "a: [{}]", "a: {{b: {}}}", "{}: b", "a: '{}'", "a: &x {}"])
def test_scalars_stay_as_written(word: str, form: str) -> None:
    text = form.format(word)
    if "&" in text:
        assert told(text) == [("yaml_anchor", 1, 4)]
        return
    tree = read_tree(text, "f")
    assert tree == read_yaml(text, "f")
    assert word in repr(tree)


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_only_plain_nulls_are_none(word: str) -> None:
    assert read_tree(f"a: {word}\nb: 1", "f") == {"a": None, "b": "1"}
    assert read_tree(f"- {word}\n- 1", "f") == [None, "1"]
    assert read_tree(f"a: '{word}'", "f") == {"a": word}
    assert read_tree(f'a: "{word}"', "f") == {"a": word}
    assert read_tree("a: nULL", "f") == {"a": "nULL"}


def test_shapes() -> None:
    text = "a:\n- 1\n- b: 2\n  c:\n    d: [x, {y: z}]\ne: |\n  一\n  二\nf: >-\n  一\n  二\ng: 多\n  行\n"
    want = {"a": ["1", {"b": "2", "c": {"d": ["x", {"y": "z"}]}}], "e": "一\n二\n", "f": "一 二", "g": "多 行"}
    assert read_tree(text, "f") == want


def test_yaml_may_begin_like_json() -> None:
    assert read_tree('{"a": [1, true, null], b: x}', "f") == {"a": ["1", "true", None], "b": "x"}


def test_windows_line_ends_and_a_leading_document_mark() -> None:
    assert read_tree("---\r\na: 1\r\nb:\r\n  - x\r\n", "f") == {"a": "1", "b": ["x"]}
    assert read_tree("a: 1\n...\n", "f") == {"a": "1"}


def test_odd_line_separators_are_characters() -> None:
    text = "a: 甲\u2028乙: 丙\u2029\nb: '\u2028'\nc: 1\nc: 2\n"
    assert told(text) == [("yaml_colon_here", 1, 7), ("file_duplicate_key", 4, 1)]
    assert told("a: 甲\u2028乙\nc: 1\nc: 2\n") == [("file_duplicate_key", 3, 1)]
    assert read_tree("a: 甲\u2028乙\u2029丙\nb\u2028: ' \u2028'\n", "f") == {
        "a": "甲\u2028乙\u2029丙",
        "b\u2028": " \u2028",
    }


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "file_duplicate_key", 3, 1),
        ("a: {b: 1, b: 2}", "file_duplicate_key", 1, 11),
        ("a: 1\n'a': 2", "file_duplicate_key", 2, 1),
        ("a: &b 1", "yaml_anchor", 1, 4),
        ("a: *b", "yaml_alias", 1, 4),
        ("*b : a", "yaml_alias", 1, 1),
        ("a: !!python/object/apply:os.system ['x']", "yaml_tag", 1, 4),
        ("!!str a: 1", "yaml_tag", 1, 1),
        ("a: !foo b", "yaml_tag", 1, 4),
        ("a: ! b", "yaml_tag", 1, 4),
        ("a:\n  <<: {b: 1}", "yaml_merge", 2, 3),
        ("? [a]\n: b", "yaml_key_not_text", 1, 3),
        ("{a: b}: c", "yaml_key_not_text", 1, 1),
        (": a", "yaml_key_empty", 1, 1),
        ("a: 1\n~: 2", "yaml_key_empty", 2, 1),
        ("null: 2", "yaml_key_empty", 1, 1),
        ("a: 1\n---\nb: 2", "yaml_second_document", 2, 1),
        ("a: 1\n...\nb: 2", "yaml_text_after_end", 3, 1),
        ("%TAG ! x\n---\na: 1", "yaml_directive", 1, 1),
        ('a: "\\a"', "file_escaped_control", 1, 4),
        ("a: b\x07", "file_control_character", 1, 5),
        ("a: \ud800", "file_control_character", 1, 4),
        ("# nothing\n\n", "file_empty", None, None),
    ],
)
def test_what_is_refused(text: str, code: str, line: int, column: int) -> None:
    assert told(text) == [(code, line, column)]


def test_named_content_stands_wherever_it_is_pointed_to() -> None:
    text = "a: &x {b: [1, &y 2]}\nc: [*x, *y]\n? *y\n: *x\n"
    held = {"b": ["1", "2"]}
    assert read_tree(text, "f") == {"a": held, "c": [held, "2"], "2": held}
    assert read_tree("a: &x ~\nb: *x\nc: &x 1\nd: *x\n", "f") == {"a": None, "b": None, "c": "1", "d": "1"}
    assert told("a: &x [*x]\n") == [("yaml_alias", 1, 8)]
    assert told("a: &x [1]\n? *x\n: 1\n") == [("yaml_key_not_text", 2, 3)]
    assert told("a: &x 1\n? *x\n: 1\n1: 2\n") == [("file_duplicate_key", 4, 1)]


def test_named_content_does_not_grow_without_end() -> None:
    bomb = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert [code for code, _, _ in told("k0: &k0 [1, 2]\n" + bomb)] == ["file_too_many_values"]
    deep = "".join(f"k{n}: &k{n} [*k{n - 1}]\n" for n in range(1, 60))
    assert [code for code, _, _ in told("k0: &k0 [1]\n" + deep)] == ["file_too_deep"]


def test_quoted_words_are_ordinary_keys() -> None:
    assert read_tree("'null': 1\n'<<': 2\n\"\": 3", "f") == {"null": "1", "<<": "2", "": "3"}


def test_a_repeated_key_names_itself_and_both_lines() -> None:
    (problem,) = faults("facts:\n  场所面积: 100\n  x: 1\n  场所面积: 200\n")
    assert (problem.place.line, problem.place.column) == (4, 3)
    assert problem.params == {"key": "场所面积", "first": "2"}
    assert problem.path == ("facts", "场所面积")


def test_a_block_pasted_twice() -> None:
    text = "a:\n  b: 1\n  c: 2\na:\n  b: 1\n  b: 2\n"
    found = [(problem.place.line, problem.params["first"]) for problem in faults(text)]
    assert found == [(4, "1"), (6, "5")]


def test_all_structural_faults_are_told_together() -> None:
    text = "a: 1\nb:\n  c: 1\n  c: &x 2\na: !!str 3\n? [x]\n: y\n<<: 1\n~: 2\n"
    codes = ["file_duplicate_key", "yaml_anchor", "file_duplicate_key", "yaml_tag", "yaml_key_not_text", "yaml_merge"]
    assert [code for code, _, _ in told(text)] == [*codes, "yaml_key_empty"]


def test_structural_faults_and_the_syntax_error_behind_them() -> None:
    assert [code for code, _, _ in told("a: 1\na: 2\nb: [\n")] == ["file_duplicate_key", "yaml_unclosed"]


def test_depth() -> None:
    assert read_tree("[" * 50 + "]" * 50, "f")
    assert told("[" * 51 + "]" * 51) == [("file_too_deep", 1, 51)]
    block = "\n".join("  " * level + "a:" for level in range(51))
    assert read_tree("\n".join(block.split("\n")[:50]), "f")
    assert told(block) == [("file_too_deep", 51, 101)]


def test_the_same_faults_without_the_c_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "a: [1, {b: ~}]\nc: 'd'\n",
        "a: 1\na: &x 2\n",
        "a: [",
        "a:\n\tb: 1\n",
        "a: b: c",
        "- a\nb: 1",
        "a: 'x",
        "a: @x",
    ]
    with_c = [_outcome(text) for text in texts]
    monkeypatch.setattr("plsp_audit.loading.events.has_c_parser", lambda: False)
    assert [_outcome(text) for text in texts] == with_c


def _outcome(text: str) -> object:
    try:
        return read_yaml(text, "f")
    except InputError as error:
        return [(problem.code, problem.place.line) for problem in error.problems]
