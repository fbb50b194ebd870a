from __future__ import annotations

import pytest

from plsp_audit.loading.decode import decode
from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.model.problem import InputError, Problem

GBK_SITE = "plsp: site/1\nsite: {name: 兴庆区凤凰北街街道公共法律服务工作站}\n"


def fault(data: bytes) -> Problem:
    with pytest.raises(InputError) as caught:
        decode(data, "site.yaml")
    (problem,) = caught.value.problems
    assert problem.place.file == "site.yaml"
    assert problem.message("zh")
    assert problem.message("en")
    return problem


def test_utf8_with_and_without_mark() -> None:
    assert decode("a: 甲\n".encode(), "f").text == "a: 甲\n"
    marked = decode(b"\xef\xbb\xbf" + "a: 甲".encode(), "f")
    assert (marked.text, marked.encoding) == ("a: 甲", "utf-8")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_all_line_ends_become_line_feeds(ends: str) -> None:
    assert decode(f"a: 1{ends}b: 2{ends}{ends}c: 3".encode(), "f").text == "a: 1\nb: 2\n\nc: 3"


@pytest.mark.parametrize("name", ["gbk", "gb18030"])
def test_gb18030_is_read_and_named(name: str) -> None:
    read = decode(GBK_SITE.encode(name), "f")
    assert (read.text, read.encoding) == (GBK_SITE, "gb18030")


def test_rare_characters_of_gb18030() -> None:
    text = "姓名: 张㙍垚\n地址: 兴庆区凤凰北街办事处\n备注: 䶮𠀀等字不常见，其余都是常用字\n"
    assert decode(text.encode("gb18030"), "f").text == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n\t\n", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        ("a: 甲".encode("utf-16"), "file_utf16"),
        ("a: 甲".encode("utf-16-le"), "file_utf16"),
        ("a: 甲".encode("utf-16-be"), "file_utf16"),
        (b"a: b\x00c", "file_binary"),
        (b"PK\x03\x04zip", "file_is_office"),
        (b"\xd0\xcf\x11\xe0doc", "file_is_office"),
        (b"%PDF-1.7\n", "file_is_pdf"),
        (b"\xff\xd8\xff\xe0jpeg", "file_is_picture"),
        (b"\x89PNG\r\n", "file_is_picture"),
        (bytes(range(1, 256)) * 20, "file_unknown_encoding"),
        (b"\x81\x30" * 50, "file_unknown_encoding"),
        ("naïve café".encode("latin-1"), "file_unknown_encoding"),
        ("こんにちは、世界".encode("shift_jis"), "file_unknown_encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    assert fault(data).code == code


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    good = "a: 甲乙丙\nb: 丁戊己庚\n".encode()
    for cut in (b"\xb8", b"\xff", b"\xe4\xb8"):
        problem = fault(good + b"c: " + cut + b"\nd: 1\n")
        assert problem.code == "file_broken_utf8"
        assert (problem.place.line, problem.place.column) == (3, 4)


def test_damaged_utf8_behind_a_mark() -> None:
    problem = fault(b"\xef\xbb\xbf" + "甲乙丙丁: ".encode() + b"\xff")
    assert (problem.code, problem.place.line, problem.place.column) == ("file_broken_utf8", 1, 7)
    assert problem.params["byte"] == "0xFF"


@pytest.mark.parametrize("char", ["\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f", "\ufeff", "\ufffe"])
def test_control_characters_are_named_with_their_place(char: str) -> None:
    problem = fault(f"a: 1\r\nb: 甲{char}乙\n".encode())
    assert problem.code == "file_control_character"
    assert (problem.place.line, problem.place.column) == (2, 5)
    assert problem.params["char"] == f"U+{ord(char):04X}"


def test_size() -> None:
    assert len(decode(b"a" * MAX_BYTES, "f").text) == MAX_BYTES
    assert fault(b"a" * (MAX_BYTES + 1)).code == "file_too_large"
