"""One head of a table of sites: what its column holds, and where that stands in an inspection file.

A head is looked for in this order: the site file's own words exactly as they are (`编号`, `site.name`, `日期`), then
facts by id, label or alias, then further usual words (`场所名称`), then one option of a fact (`办公设备.打印机`), then
rules (`NX-S-21`, `NX-S-21/2 扣分`), then a path with the block's name in front (`备注.NX-S-05`), then a fact with its
unit in brackets (`场所面积（㎡）`). So a site word wins over a fact only where the head is that very word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from plsp_audit.loading.site_names import TableNames
from plsp_audit.model.catalogue import say
from plsp_audit.model.facts import Fact
from plsp_audit.model.problem import Worded, enumerated
from plsp_audit.model.text import folded, nearest, nfkc
from plsp_audit.model.values import shown
from plsp_audit.model.vocabulary import SITE_WORDS

Path = tuple[str, ...]
ColumnKind = Literal["text", "list", "deducts", "mark", "members", "records", "not_rated", "skip", "blank"]


class Column(NamedTuple):
    """What a column holds.

    Attributes:
        path: Where its cells stand in an inspection file; for `mark` the last step is the option.
        kind: How a cell is read: `text` as it is; `list` split; `deducts` one deduction or several; `mark` 有, 无 or
            未查 for one option; `members` one option a line; `records` nothing but a word for none; `not_rated` the
            reason; `skip` and `blank` not at all.
        label: The name of a fact or option for messages.
        head: The head as written.
    """

    path: Path
    kind: ColumnKind = "text"
    label: str = ""
    head: str = ""


class HeadFault(NamedTuple):
    """Why a head cannot be understood."""

    code: str
    params: Mapping[str, str]


def _fixed() -> dict[str, Path]:
    found: dict[str, Path] = {folded("plsp"): ("plsp",)}
    for key in ("standard", "not_rated"):
        found[key] = found[folded(say(f"label.site.{key}"))] = (key,)
    for block in ("site", "inspection"):
        names = (block, folded(say(f"label.site.{block}")))
        for word, key in SITE_WORDS[block].items():
            for one in (key, folded(word)):
                found.setdefault(one, (block, key))
                for name in names:
                    found[f"{name}.{one}"] = (block, key)
    return found


FIXED: Final = _fixed()
"""The words of the site file itself, folded -> where they stand in it."""

USUAL: Final[Mapping[str, Path]] = {
    folded(word): path
    for path, words in {
        ("site", "id"): ("场所编号", "平台编号", "site id"),
        ("site", "name"): ("场所名称", "平台名称", "site name"),
        ("site", "tier"): ("场所层级", "平台层级", "级别", "场所类型"),
        ("site", "province"): ("省份", "省(自治区)", "省(区、市)"),
        ("site", "city"): ("市州", "地市", "市(州)", "地级市"),
        ("site", "county"): ("县区", "区县", "县(区)", "县(市、区)", "县市区"),
        ("site", "town"): ("街道", "乡镇(街道)", "乡镇街道", "乡(镇)"),
        ("site", "village"): ("社区", "村(社区)", "村社区", "行政村"),
        ("site", "phone"): ("联系电话",),
        ("inspection", "date"): ("检查日期", "验收日期", "inspection date"),
        ("inspection", "kind"): ("检查类型",),
        ("inspection", "team"): ("检查组", "检查组别"),
        ("inspection", "inspectors"): ("检查人", "检查组成员"),
        ("standard",): ("适用标准", "评分标准"),
        ("not_rated",): ("暂不参评原因", "暂不参评理由"),
    }.items()
    for word in words
}  # fmt: skip
"""Further words that tables use; a fact of that name comes before them."""

_SERIAL = frozenset({"序号", "no", "no.", "行号"})
_TOP = {name: key for word, key in SITE_WORDS["top"].items() for name in (folded(word), key)}
_SUFFIXES: Final[Mapping[str, tuple[str, str]]] = {
    **{folded(say(f"label.judgement.{key}")): ("judgements", key) for key in ("points", "deduct", "note")},
    **{key: ("judgements", key) for key in ("points", "deduct", "note")},
    **{folded(say(f"label.waiver.{key}")): ("waivers", key) for key in ("approved_by", "until")},
    **{key: ("waivers", key) for key in ("approved_by", "until")},
    **dict.fromkeys(("豁免", "豁免理由", "waiver"), ("waivers", "reason")),
    **dict.fromkeys(("不适用", "不适用理由", "not_applicable"), ("not_applicable", "")),
    **dict.fromkeys(("自评分", "自评", "self_score"), ("self_scores", "")),
    **dict.fromkeys(("佐证", "佐证材料", "evidence"), ("evidence", "")),
    **dict.fromkeys(("备注", "notes"), ("notes", "")),
    "考核分": ("judgements", ""),
}
_SUFFIX = re.compile(
    rf"(.*?\S)\s*[.:·_-]?\s*\(?({'|'.join(sorted(map(re.escape, _SUFFIXES), key=len, reverse=True))})\)?",
    re.IGNORECASE,
)
_OPTION = re.compile(r"[.:·]")
_BRACKET = re.compile(r"(.*\S)\s*\(([^()]*)\)")
_HINTS = frozenset({"是/否", "有/无", "是否", "必填", "选填", "可多选", "多选", "单选"})


def column_of(head: str, names: TableNames, hints: bool = True) -> Column | HeadFault:
    """Tell what stands under a head.

    Args:
        head: As written; line breaks in it, a star or a colon at its end do not count.
        names: What the standards know.
        hints: Whether to look for what was probably meant.
    """
    text = nfkc(" ".join(head.split())).rstrip("*:").rstrip()
    if not text:
        return Column((), "blank")
    if text.startswith("#"):
        return Column((), "skip")
    found = FIXED.get(folded(text))
    if found is not None:
        return _fixed_column(found)
    for written in dict.fromkeys((text, text.replace(" ", ""))):
        column = _looked_up(written, names)
        if column is not None:
            return column
    if folded(text) in _SERIAL:
        return Column((), "skip")
    return _unknown(text, names, hints)


def _looked_up(text: str, names: TableNames) -> Column | HeadFault | None:
    column = _fact(text, names)
    if column is None and folded(text) in USUAL:
        column = _fixed_column(USUAL[folded(text)])
    return (
        column
        or _option(text, names)
        or _judged(text, "", names)
        or _suffixed(text, names)
        or _in_block(text, names)
        or _with_unit(text, names)
    )


def _fixed_column(path: Path) -> Column:
    if path[-1] in ("inspectors", "methods"):
        return Column(path, "list")
    return Column(path, "not_rated" if path == ("not_rated",) else "text")


def _fact(text: str, names: TableNames) -> Column | None:
    facts = names.facts(text)
    if not facts:
        return None
    types = {fact.type for fact in facts}
    kind: ColumnKind = "records" if types == {"records"} else "members" if types <= {"choices", "counts"} else "text"
    return Column(("facts", names.fact_id(text) or text), kind, facts[0].label)


def _option(text: str, names: TableNames) -> Column | HeadFault | None:
    """Look for one option of a fact, or a field of a records fact, which cannot stand in a column."""
    for sign in reversed(list(_OPTION.finditer(text))):
        base, name = text[: sign.start()].strip(), text[sign.end() :].strip()
        facts = [f for f in names.facts(base) if f.type in ("choices", "counts", "records")] if name else []
        if not facts:
            continue
        fact, label = facts[0], f"{facts[0].label} / {shown(name)}"
        if fact.type == "records":
            return HeadFault("records_field", {"head": shown(text), "label": fact.label})
        ids = {option for f in facts if (option := f.option_id(name)) is not None}
        if not ids and not any(f.open for f in facts):
            return _no_option(text, name, fact)
        option = ids.pop() if len(ids) == 1 else name
        path = ("facts", names.fact_id(base) or base, option)
        return Column(path, "mark" if fact.type == "choices" else "text", label)
    return None


def _no_option(text: str, name: str, fact: Fact) -> HeadFault:
    labels = [o.label for o in fact.options.values()]
    near = nearest(name, labels, 1)
    params = {"head": shown(text), "label": fact.label, "near": enumerated(near or labels[:12])}
    return HeadFault("no_option_near" if near else "no_option", params)


def _judged(text: str, field: str, names: TableNames) -> Column | HeadFault | None:
    """Look for a rule that the inspector judges; `field` is points, deduct or note, empty for what the rule wants."""
    key = names.rule_key(text)
    if key is None:
        return None
    kinds = names.judged.get(key, frozenset())
    if not kinds:
        parts = [k for k in names.judged if k.startswith(key + "/")]
        return HeadFault("judge_the_part" if parts else "not_judged", {"head": key, "parts": enumerated(parts)})
    if not field:
        wanted = {"points" if kind == "points" else "deduct" for kind in kinds}
        if len(wanted) > 1:
            return HeadFault("points_or_deduct", {"head": key})
        field = wanted.pop()
    return Column(("judgements", key, field), "deducts" if field == "deduct" and "deduct_each" in kinds else "text")


def _suffixed(text: str, names: TableNames) -> Column | HeadFault | None:
    match = _SUFFIX.fullmatch(text)
    if match is None:
        return None
    block, field = _SUFFIXES[folded(match[2])]
    return _entry(match[1].rstrip(" .:·_-("), block, field, names)


def _entry(base: str, block: str, field: str, names: TableNames) -> Column | HeadFault | None:
    """Look for a rule, or for notes and evidence also a fact, in a block of the file."""
    if block == "judgements":
        return _judged(base, field, names)
    key = names.rule_key(base)
    if key is None and block in ("evidence", "notes"):
        key = names.fact_id(base)
    if key is None:
        return None
    return Column((block, key, field) if field else (block, key), "list" if block == "evidence" else "text")


def _in_block(text: str, names: TableNames) -> Column | HeadFault | None:
    block, dot, rest = text.partition(".")
    name = _TOP.get(folded(block)) if dot else None
    if name == "facts":
        return _fact(rest, names) or _option(rest, names)
    if name in ("evidence", "notes", "self_scores", "not_applicable"):
        return _entry(rest, name, "", names)
    if name in ("judgements", "waivers"):
        return _suffixed(rest, names) or (_judged(rest, "", names) if name == "judgements" else None)
    return None


def _with_unit(text: str, names: TableNames) -> Column | HeadFault | None:
    match = _BRACKET.fullmatch(text)
    if match is None:
        return None
    base, given = match[1], folded(match[2])
    if given in _HINTS and folded(base) in FIXED:
        return _fixed_column(FIXED[folded(base)])
    facts = names.facts(base)
    if not facts:
        return None
    units = {folded(unit) for fact in facts for unit in (fact.unit, *fact.unit_aliases) if unit}
    if given in units | _HINTS:
        return _fact(base, names)
    code = "wrong_unit" if facts[0].unit else "not_of_the_name"
    return HeadFault(code, {"head": shown(text), "label": facts[0].label, "unit": facts[0].unit or "", "given": given})


def _unknown(text: str, names: TableNames, hints: bool) -> HeadFault:
    known = [word for word in FIXED if not word.isascii() and "." not in word]
    near = nearest(text, dict.fromkeys((*known, *USUAL, *names.words())), 3) if hints else []
    return HeadFault("unknown_head_near" if near else "unknown_head",
                     {"head": shown(text), "near": Worded("、".join(near), " / ".join(near))})  # fmt: skip
