"""Texts that look like YAML, made from a grammar or by damaging good ones."""

from __future__ import annotations

import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = (Path(__file__).parent / "site.yaml").read_text(encoding="utf-8")

TAME = [
    *(
        "a",
        "b",
        "甲",
        "premises.area",
        "场所(一)",
        "NX-S-05/2",
        "010",
        "no",
        "1:30",
        "1e3",
        "0o17",
        ".nan",
        "true",
        "120㎡",
    ),
    *(
        "2018-10-31",
        "9:00-17:30",
        "12:00:00",
        "-5",
        "0951-1234",
        "5%",
        "a#b",
        "a&b",
        "(x)",
        "x)",
        "/p",
        "~",
        "null",
        "é",
        "𠀀",
    ),
    *(
        "a b",
        "two words",
        "a b c: d",
        "x # y",
        "x，y",
        "甲：乙",
        "一、二；三",
        "http://a.b/c?d=e",
        "=",
        "a*b",
        "NULL",
        "it's",
    ),
]
WILD = [
    *(
        "-",
        "--",
        "---",
        "...",
        "?",
        ":",
        "::",
        "a:b",
        "a:",
        "#x",
        "x,y",
        "[",
        "]",
        "{",
        "}",
        "[]",
        "{}",
        "[a]",
        "{a:1}",
        "%",
    ),
    *(
        "&",
        "&a",
        "*",
        "*a",
        "!",
        "!a",
        "!!str",
        "|",
        ">",
        "|-",
        ">2",
        "@",
        "`",
        "'",
        "''",
        '"',
        '""',
        "'it''s'",
        '"a\\nb"',
    ),
    *(
        "<<",
        "［a，b］",
        "“引”",
        "，",
        "\u3000",
        "\u3000甲",
        "\xa0",
        "\u200b",
        "\u2028",
        "\x85",
        "\ufeff",
        "\t",
        "a\tb",
        "\x07",
    ),
    *(
        "\ufdd0",
        "\ud800",
        "",
        "x: y",
        "x #y",
        "a, b",
        "a : b",
        "a ,b",
        "Null",
        "~ ",
        "- a",
        "? a",
        "a?b",
        "?a",
        "-?",
        "a: ,",
    ),
]
WORDS = [*TAME, *WILD]
CHARS = " :-#,[]{}\"'\n\n  ?&*!|>%@`~\\\t：，\u3000\xa0\u2028\u2029\x85\ufeff\rab甲0./"


class Maker:
    """Makes one document; `wild` is how often something odd is chosen."""

    def __init__(self, rng: random.Random, wild: float) -> None:
        self.rng = rng
        self.wild = wild

    def pick(self, tame: list[str], wild: list[str]) -> str:
        return self.rng.choice(wild if self.rng.random() < self.wild else tame)

    def scalar(self) -> str:
        word = self.pick(TAME, WILD)
        quote = self.rng.choice(["", "", "", "", "", "", "", '"', "'"])
        return quote + word + quote

    def flow(self, depth: int = 0) -> str:
        comma = self.pick([", ", ", ", ", ", ",\n    "], [",", " , ", ",\n", ", # c\n  ", " ", ",,"])
        count = self.rng.randrange(4)
        if self.rng.random() < 0.5:
            items = comma.join(self.item(depth) for _ in range(count))
            return self.pick(["["], ["[ ", "{"]) + items + self.pick(["]"], [" ]", ",]", "\n  ]", "} ", ""])
        pairs = comma.join(
            f"{self.key(number)}{self.pick([': '], [':', ' : ', ':  ', ''])}{self.item(depth)}"
            for number in range(count)
        )
        return self.pick(["{"], ["{ ", "["]) + pairs + self.pick(["}"], [" }", ", }", "]", "\n  }"])

    def item(self, depth: int) -> str:
        return self.flow(depth + 1) if depth < 3 and self.rng.random() < 0.2 else self.scalar()

    def key(self, number: int) -> str:
        return self.pick([f"k{number}", f"场所{number}", f"a.b{number}"], [self.scalar(), "k0"])

    def block(self, indent: int = 0, depth: int = 0) -> list[str]:
        lines: list[str] = []
        is_list = self.rng.random() < 0.35
        for number in range(self.rng.randrange(1, 5)):
            if self.rng.random() < 0.1:
                lines.append(self.pick(["", "# c", "  # c: d"], [" ", "   #", "\t", "-"]))
            pad = " " * max(0, indent + int(self.pick(["0"], ["-1", "1", "2"])))
            colon = self.pick([":"], [" :", "：", ""])
            head = self.pick(["- "], ["-  ", "-"]) if is_list else self.key(number) + colon
            roll = self.rng.random()
            if roll < 0.3 and depth < 4:
                lines.extend(self.nested(pad, head, is_list, indent, depth))
                continue
            value = self.flow() if roll < 0.5 else self.scalar()
            tail = self.pick(["", "", "", "", " # c"], [" ", "  #c", "#c", "\n" + pad + "   more", "\t"])
            space = "" if is_list else self.pick([" "], ["  ", "", "\t"])
            lines.append(pad + head + space + value + tail)
        return lines

    def nested(self, pad: str, head: str, is_list: bool, indent: int, depth: int) -> list[str]:
        if is_list and self.rng.random() < 0.8:
            below = self.block(indent + 2, depth + 1)
            return [pad + "- " + below[0].lstrip(" "), *below[1:]]
        step = int(self.pick(["2", "2", "4"], ["1", "0", "3"]))
        return [
            pad + head.rstrip(" ") + self.pick(["", "", " # c"], [" ", " |", " >-", " x"]),
            *self.block(indent + step, depth + 1),
        ]

    def document(self) -> str:
        heads = ["--- \n", "\n", "---\n---\n", "%YAML 1.1\n---\n", "--- a\n", " \n# c\n\n---\n# d\n", "%TAG ! x\n"]
        tails = ["\n...\n", "\n...", "\n---\n", "\r\n", "\n  ", "\n%"]
        lines = "\n".join(self.block())
        return self.pick(["", "", "---\n", "# c\n"], heads) + lines + self.pick(["\n", "", "\n\n", "\n# c\n"], tails)


def document(rng: random.Random) -> str:
    """Make a document, mostly sound or mostly odd."""
    return Maker(rng, rng.choice([0.0, 0.01, 0.03, 0.1, 0.4])).document()


def damaged(rng: random.Random, text: str) -> str:
    """Take a stretch of a good text and change a few things in it."""
    lines = text.split("\n")
    start = rng.randrange(len(lines))
    lines = lines[start : start + rng.randrange(1, 25)]
    cut = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    lines = [line[cut:] for line in lines]
    for _ in range(rng.choice([0, 1, 1, 2, 4])):
        at = rng.randrange(len(lines))
        spot = rng.randrange(len(lines[at]) + 1)
        lines[at : at + 1] = _change(rng, lines, lines[at], spot)
        lines = lines or [""]
    return "\n".join(lines) + rng.choice(["", "\n", "\n"])


def _change(rng: random.Random, lines: list[str], line: str, spot: int) -> list[str]:
    roll = rng.random()
    if roll < 0.35:
        return [line[:spot] + rng.choice(CHARS) + line[spot:]]
    if roll < 0.5:
        return [line[:spot] + line[spot + 1 :]]
    if roll < 0.65:
        return [line[:spot] + rng.choice(WORDS) + line[spot:]]
    if roll < 0.75:
        return [" " * rng.randrange(4) + line]
    if roll < 0.8:
        return [line.lstrip(" ")]
    return [rng.choice(lines), line] if roll < 0.9 else []


def samples() -> list[str]:
    """Give the real files of the project that are at hand."""
    folders = ("examples", "standards", "checklists")
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.yaml"))]
    paths = [path for path in paths if path.parents[1].parent.name != "ningxia-2018"]  # a batch of files all alike
    return [*(path.read_bytes().decode("utf-8", "replace") for path in paths), SITE]


def anything(rng: random.Random, good: list[str]) -> str:
    """Make one text to read, of any of the sorts."""
    roll = rng.random()
    if roll < 0.45:
        return document(rng)
    if roll < 0.9:
        return damaged(rng, rng.choice(good))
    return "".join(rng.choice(CHARS) for _ in range(rng.randrange(40)))
