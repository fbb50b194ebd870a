"""Raw values of an inspection file read as their facts declare them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plsp_audit.model.facts import Fact, FactField
from plsp_audit.model.problem import enumerated
from plsp_audit.model.text import folded, nearest
from plsp_audit.model.values import (
    ABSENT,
    ABSENT_WORDS,
    MAX_FAULTS,
    SEPARATORS,
    UNKNOWN_WORDS,
    Counts,
    Fault,
    Members,
    Value,
    ValueFault,
    offered,
    read_option,
    scalar_reader,
    shown,
)

Raw = Any
Path = tuple[str | int, ...]
Reader = Callable[[Raw, Path, list[Fault]], Value]
MAX_ROWS = 5000
MAX_MEMBERS = 1000
MAX_HINTS = 20
MEMO = 2000
_MARKS = {"有": "present", "无": "absent", "未查": "unknown"}


def _word(raw: str) -> str:
    return folded(raw) if len(raw) <= 12 else raw


def remember(memo: dict[str, Any], raw: str, value: Any) -> None:
    """Keep what a text reads as: the same few texts come again in thousands of files."""
    if len(raw) <= 40 and len(memo) < MEMO:
        memo[raw] = value


def _put(faults: list[Fault], fault: Fault, path: Path) -> None:
    faults.append(Fault(fault.code, fault.params, path + fault.path))


def name_faults(faults: list[Fault], before: int, label: str) -> None:
    """Let the faults that came since `before` name what they are about, unless they already do."""
    faults[before:] = [Fault(f.code, {"label": label, **f.params}, f.path) for f in faults[before:]]


def _kind(raw: Raw) -> str:
    return "mapping" if isinstance(raw, dict) else "list"


def _scalar(field: FactField) -> Reader:
    read, fact_type = scalar_reader(field), field.type
    absent: Value = 0 if fact_type in ("number", "integer") else False if fact_type == "yes_no" else ABSENT
    memo: dict[str, Value] = {}

    def reader(raw: Raw, path: Path, faults: list[Fault]) -> Value:
        if raw is None:
            return None
        if type(raw) is str and raw in memo:
            return memo[raw]
        if not isinstance(raw, str):
            faults.append(Fault(f"{_kind(raw)}_for_{fact_type}", {}, path))
            return None
        word = _word(raw)
        if word in UNKNOWN_WORDS or word in ABSENT_WORDS:
            if fact_type == "choice" and (found := field.option_id(raw)) is not None:
                return found
            return None if word in UNKNOWN_WORDS else absent
        try:
            value = read(raw)
        except ValueFault as fault:
            _put(faults, fault.fault, path)
            return None
        remember(memo, raw, value)
        return value

    return reader


def _members(field: FactField, raw: Raw, path: Path, faults: list[Fault]) -> list[tuple[str, Path, str]]:
    """Give the member ids of a list, or of one text split at the separators, each with its place and as written."""
    items: list[tuple[Raw, Path]]
    if isinstance(raw, str):
        items = [(piece.strip(), path) for piece in SEPARATORS.split(raw) if piece.strip()]
    else:
        items = [(piece, (*path, i)) for i, item in enumerate(raw) for piece in _apart(field, item)]
    found: list[tuple[str, Path, str]] = []
    if len(items) > MAX_MEMBERS:
        faults.append(Fault("too_many_members", {"limit": str(MAX_MEMBERS)}, path))
        return found
    for item, place in items:
        if not isinstance(item, str):
            faults.append(Fault("member_not_text", {"offered": offered(field)}, place))
        elif _word(item) in UNKNOWN_WORDS or _word(item) in ABSENT_WORDS:
            faults.append(Fault("word_as_member", {"value": shown(item)}, place))
        else:
            try:
                found.append((read_option(field, item), place, item))
            except ValueFault as fault:
                _put(faults, fault.fault, place)
    return found


def _apart(field: FactField, item: Raw) -> list[Raw]:
    """Take `[甲、乙]` for two members: no option's name holds a separator, so the text can be no single one."""
    if not isinstance(item, str) or SEPARATORS.search(item) is None:
        return [item]
    pieces: list[Raw] = [piece.strip() for piece in SEPARATORS.split(item) if piece.strip()]
    return pieces if any(field.option_id(str(piece)) for piece in pieces) else [item]


def whole_word(raw: Raw) -> str | None:
    """Tell whether the whole value is one of the words for unknown or absent."""
    if isinstance(raw, str):
        word = _word(raw)
        return "unknown" if word in UNKNOWN_WORDS else "absent" if word in ABSENT_WORDS else None
    return "unknown" if raw is None else None


def _blank(raw: Raw) -> bool:
    return raw is None or isinstance(raw, str) and not raw.strip()


def _choices(field: FactField) -> Reader:
    listed: dict[Any, Members] = {}

    def reader(raw: Raw, path: Path, faults: list[Fault]) -> Value:
        if type(raw) is not list:
            return read(raw, path, faults)
        try:
            key = tuple(raw)
            known = listed.get(key)
        except TypeError:
            return read(raw, path, faults)
        if known is not None:
            return known
        before = len(faults)
        members = read(raw, path, faults)
        if len(faults) == before and len(listed) < MEMO:
            listed[key] = members
        return members

    def read(raw: Raw, path: Path, faults: list[Fault]) -> Value:
        whole = whole_word(raw)
        if whole is not None:
            return None if whole == "unknown" else Members()
        if isinstance(raw, dict) and all(map(_blank, raw.values())) and all(folded(key) in _MARKS for key in raw):
            return None  # a form that nobody filled in
        if not isinstance(raw, dict):
            return Members(frozenset(member for member, *_ in _members(field, raw, path, faults)))
        sets: dict[str, set[str]] = {"present": set(), "absent": set(), "unknown": set()}
        given: dict[str, Path] = {}
        for key, value in raw.items():
            mark = _MARKS.get(folded(key))
            if mark is None:
                faults.append(Fault("choices_keys", {"key": shown(key)}, (*path, key)))
                continue
            if _blank(value) or whole_word(value) == "absent":
                continue
            if whole_word(value) == "unknown" and mark != "unknown":
                faults.append(Fault("word_as_member", {"value": "未查"}, (*path, key)))
            elif isinstance(value, dict):
                faults.append(Fault("mapping_for_list", {}, (*path, key)))
            else:
                for member, place, written in _members(field, value, (*path, key), faults):
                    if member in given and member not in sets[mark]:
                        faults.append(Fault("member_twice", {"value": shown(written)}, place))
                    given[member] = place
                    sets[mark].add(member)
        rest = "有" not in {folded(key) for key, value in raw.items() if not _blank(value)}
        return Members(frozenset(sets["present"]), frozenset(sets["absent"]), frozenset(sets["unknown"]), rest)

    return reader


def _counts(field: FactField) -> Reader:
    number = _scalar(field.model_copy(update={"type": "integer"}))
    members: dict[str, str] = {}

    def reader(raw: Raw, path: Path, faults: list[Fault]) -> Value:
        whole = whole_word(raw)
        if whole is not None:
            return None if whole == "unknown" else Counts()
        counts = Counts()
        if not isinstance(raw, dict):
            for member, place, written in _members(field, raw, path, faults):
                if member in counts:
                    faults.append(Fault("member_twice", {"value": shown(written)}, place))
                counts[member] = 1
            return counts
        if len(raw) > MAX_MEMBERS:
            faults.append(Fault("too_many_members", {"limit": str(MAX_MEMBERS)}, path))
            return counts
        for key, value in raw.items():
            place, before = (*path, key), len(faults)
            try:
                member = members.get(key) or read_option(field, key)
            except ValueFault as fault:
                _put(faults, Fault(f"key_{fault.fault.code}", fault.fault.params), place)
                continue
            remember(members, key, member)
            if member in counts:
                faults.append(Fault("key_member_twice", {"value": shown(key), "label": field.label}, place))
            count = number(value, place, faults)
            if count is not None and count < 0:
                faults.append(Fault("negative_count", {"value": shown(value)}, place))
            if len(faults) > before:
                name_faults(faults, before, f"{field.label} / {shown(key)}")
            counts[member] = count
        return counts

    return reader


RowReader = Callable[[dict[str, Raw], Path, list[Fault]], dict[str, Value]]


def _row_reader(fact: Fact) -> RowReader:
    """Give the function that reads one row of a records fact, field by field."""
    readers = {key: reader_of(field) for key, field in fact.fields.items()}
    names = {key: key for key in fact.fields}

    def read_row(raw: dict[str, Raw], path: Path, faults: list[Fault]) -> dict[str, Value]:
        row: dict[str, Value] = {}
        for key, value in raw.items():
            field = names.get(key) or fact.field_id(key)
            if field is not None:
                names[key] = field
            if len(faults) >= MAX_FAULTS:
                return row
            if field is None:
                faults.append(_unknown_field(fact, key, (*path, key), hint=len(faults) < MAX_HINTS))
            elif field in row:
                faults.append(Fault("fact_twice", {"key": shown(key), "label": fact.fields[field].label}, (*path, key)))
            else:
                before = len(faults)
                row[field] = readers[field](value, (*path, key), faults)
                if len(faults) > before:
                    name_faults(faults, before, f"{fact.label} / {fact.fields[field].label}")
        return row

    return read_row


def _records(fact: Fact) -> Reader:
    read_row = _row_reader(fact)
    rows: dict[Any, dict[str, Value]] = {}

    def row_of(raw: Raw, path: Path, faults: list[Fault]) -> dict[str, Value]:
        if not isinstance(raw, dict):
            faults.append(Fault("row_not_mapping", {"fields": fields_text(fact)}, path))
            return {}
        try:
            known = rows.get(written := tuple(raw.items()))
        except TypeError:
            return read_row(raw, path, faults)
        if known is not None:
            return known
        before = len(faults)
        row = read_row(raw, path, faults)
        if len(faults) == before and len(rows) < MEMO:
            rows[written] = row
        return row

    def reader(raw: Raw, path: Path, faults: list[Fault]) -> Value:
        whole = whole_word(raw)
        if whole is not None:
            return None if whole == "unknown" else []
        if not isinstance(raw, list):
            faults.append(Fault("records_not_list", {"label": fact.label, "fields": fields_text(fact)}, path))
            return None
        if len(raw) > MAX_ROWS:
            faults.append(Fault("too_many_rows", {"limit": str(MAX_ROWS)}, path))
            return None
        return [row_of(item, (*path, i), faults) for i, item in enumerate(raw) if len(faults) < MAX_FAULTS]

    return reader


def _unknown_field(fact: Fact, key: str, path: Path, hint: bool) -> Fault:
    near = nearest(key, [*fact.fields, *(f.label for f in fact.fields.values())], 1) if hint else []
    params = {"key": shown(key), "near": "".join(near), "known": fields_text(fact)}
    return Fault("unknown_field_near" if near else "unknown_field", params, path)


def fields_text(fact: Fact) -> str:
    """Give the labels of a record's fields for a message."""
    return enumerated(f.label for f in fact.fields.values())


def reader_of(field: FactField) -> Reader:
    """Give the function that reads any raw value as `field` declares it, collecting faults instead of raising."""
    if field.type == "choices":
        return _choices(field)
    if field.type == "counts":
        return _counts(field)
    if isinstance(field, Fact) and field.fields:
        return _records(field)
    return _scalar(field)
