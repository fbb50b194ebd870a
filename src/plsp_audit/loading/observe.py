"""The `facts` of an inspection file read by their declared types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plsp_audit.model.facts import Fact, FactDictionary, FactField
from plsp_audit.model.text import folded, nearest
from plsp_audit.model.values import (
    ABSENT,
    ABSENT_WORDS,
    Counts,
    MAX_TEXT,
    SEPARATORS,
    UNKNOWN_WORDS,
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
MEMO = 2000
_MARKS = {"有": "present", "无": "absent", "未查": "unknown"}


def _word(raw: str) -> str:
    return folded(raw) if len(raw) <= 12 else raw


def _remember(memo: dict[str, Any], raw: str, value: Any) -> None:
    """Keep what a text reads as: the same few texts come again in thousands of files."""
    if len(raw) <= 40 and len(memo) < MEMO:
        memo[raw] = value


def _put(faults: list[Fault], fault: Fault, path: Path) -> None:
    faults.append(Fault(fault.code, fault.params, path + fault.path))


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
        _remember(memo, raw, value)
        return value

    return reader


def _members(field: FactField, raw: Raw, path: Path, faults: list[Fault]) -> list[tuple[str, Path]]:
    """Give the member ids of a list, or of one text split at the separators, each with its place."""
    items: list[tuple[Raw, Path]]
    if isinstance(raw, str):
        items = [(piece.strip(), path) for piece in SEPARATORS.split(raw) if piece.strip()]
    else:
        items = [(item, (*path, i)) for i, item in enumerate(raw)]
    found: list[tuple[str, Path]] = []
    for item, place in items:
        if not isinstance(item, str):
            faults.append(Fault("member_not_text", {"offered": offered(field)}, place))
        elif _word(item) in UNKNOWN_WORDS or _word(item) in ABSENT_WORDS:
            faults.append(Fault("word_as_member", {"value": shown(item)}, place))
        else:
            try:
                found.append((read_option(field, item), place))
            except ValueFault as fault:
                _put(faults, fault.fault, place)
    return found


def _whole_word(raw: Raw) -> str | None:
    """Tell whether the whole value is one of the words for unknown or absent."""
    if isinstance(raw, str):
        word = _word(raw)
        return "unknown" if word in UNKNOWN_WORDS else "absent" if word in ABSENT_WORDS else None
    return "unknown" if raw is None else None


def _blank(raw: Raw) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


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
        whole = _whole_word(raw)
        if whole is not None:
            return None if whole == "unknown" else Members()
        if not isinstance(raw, dict):
            return Members(frozenset(member for member, _ in _members(field, raw, path, faults)))
        sets: dict[str, set[str]] = {"present": set(), "absent": set(), "unknown": set()}
        given: dict[str, Path] = {}
        for key, value in raw.items():
            mark = _MARKS.get(folded(key))
            if mark is None:
                faults.append(Fault("choices_keys", {"key": shown(key)}, (*path, key)))
                continue
            if _blank(value) or _whole_word(value) == "absent":
                continue
            if isinstance(value, dict):
                faults.append(Fault("mapping_for_list", {}, (*path, key)))
                continue
            for member, place in _members(field, value, (*path, key), faults):
                if member in given and member not in sets[mark]:
                    faults.append(Fault("member_twice", {"value": member}, place))
                given[member] = place
                sets[mark].add(member)
        if all(_blank(value) for value in raw.values()):
            return None
        rest = "有" not in {folded(key) for key, value in raw.items() if not _blank(value)}
        return Members(frozenset(sets["present"]), frozenset(sets["absent"]), frozenset(sets["unknown"]), rest)

    return reader


def _counts(field: FactField) -> Reader:
    number = _scalar(field.model_copy(update={"type": "integer"}))
    members: dict[str, str] = {}

    def reader(raw: Raw, path: Path, faults: list[Fault]) -> Value:
        whole = _whole_word(raw)
        if whole is not None:
            return None if whole == "unknown" else Counts()
        counts = Counts()
        if not isinstance(raw, dict):
            for member, place in _members(field, raw, path, faults):
                if member in counts:
                    faults.append(Fault("member_twice", {"value": member}, place))
                counts[member] = 1
            return counts
        for key, value in raw.items():
            place = (*path, key)
            try:
                member = members.get(key) or read_option(field, key)
            except ValueFault as fault:
                _put(faults, fault.fault, place)
                continue
            _remember(members, key, member)
            if member in counts:
                faults.append(Fault("member_twice", {"value": key}, place))
            count = number(value, place, faults)
            if count is not None and count < 0:
                faults.append(Fault("negative_count", {"value": shown(value)}, place))
            counts[member] = count
        return counts

    return reader


def _records(fact: Fact) -> Reader:
    readers = {key: reader_of(field) for key, field in fact.fields.items()}
    names = {key: key for key in fact.fields}

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

    def read_row(raw: dict[str, Raw], path: Path, faults: list[Fault]) -> dict[str, Value]:
        row: dict[str, Value] = {}
        for key, value in raw.items():
            field = names.get(key) or fact.field_id(key)
            if field is not None:
                names[key] = field
            if field is None:
                hint = nearest(key, [*fact.fields, *(f.label for f in fact.fields.values())], 1)
                known = hint[0] if hint else fields_text(fact)
                faults.append(Fault("unknown_field", {"key": shown(key), "known": known}, (*path, key)))
            elif field in row:
                faults.append(Fault("fact_twice", {"key": shown(key), "label": fact.fields[field].label}, (*path, key)))
            else:
                row[field] = readers[field](value, (*path, key), faults)
        return row

    def reader(raw: Raw, path: Path, faults: list[Fault]) -> Value:
        whole = _whole_word(raw)
        if whole is not None:
            return None if whole == "unknown" else []
        if not isinstance(raw, list):
            faults.append(Fault("records_not_list", {"label": fact.label, "fields": fields_text(fact)}, path))
            return None
        if len(raw) > MAX_ROWS:
            faults.append(Fault("too_many_rows", {"limit": str(MAX_ROWS)}, path))
            return None
        return [row_of(item, (*path, i), faults) for i, item in enumerate(raw)]

    return reader


def fields_text(fact: Fact) -> str:
    """Give the labels of a record's fields for a message."""
    return "、".join(f.label for f in fact.fields.values())


def reader_of(field: FactField) -> Reader:
    """Give the function that reads any raw value as `field` declares it, collecting faults instead of raising."""
    if field.type == "choices":
        return _choices(field)
    if field.type == "counts":
        return _counts(field)
    if isinstance(field, Fact) and field.fields:
        return _records(field)
    return _scalar(field)


class Observer:
    """Reads the facts of many files under one dictionary; the readers are made once."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self._dictionary = dictionary
        self._readers: dict[str, Reader] = {}
        self._keys: dict[str, str] = {}
        self._quick: dict[str, tuple[str, dict[str, Value]]] = {}
        self._prefixes = {
            ".".join(parts[:n]) for parts in (fid.split(".") for fid in dictionary.facts) for n in range(1, len(parts))
        }

    def read(self, raw: Raw, path: Path, faults: list[Fault], foreign: list[str] | None = None,
             known_elsewhere: FactDictionary | None = None) -> dict[str, Value]:
        """Read the `facts` mapping.

        Args:
            raw: The mapping as written.
            path: Where it stands in the file.
            faults: Takes what is wrong.
            foreign: Takes the facts that only `known_elsewhere` knows; they are set aside.
            known_elsewhere: The dictionary of the file's own standard, where another one scores it.

        Returns:
            Values by fact id; None for a fact that is given as unknown.
        """
        seen: dict[str, Value] = {}
        if raw is None:
            return seen
        if not isinstance(raw, dict):
            faults.append(Fault("facts_not_mapping", {}, path))
            return seen
        self._walk(raw, "", path, faults, seen, foreign, known_elsewhere)
        return seen

    def _find(self, prefix: str, key: str) -> str | None:
        if not prefix:
            if key in self._keys:
                return self._keys[key]
            found = self._dictionary.find(key)
            if found is not None:
                _remember(self._keys, key, found)
            return found
        full = self._dictionary.find(f"{prefix}.{key}")
        if full is not None:
            return full
        named = self._dictionary.find(key)
        return named if named is not None and named.startswith(prefix + ".") else None

    def _walk(self, raw: dict[str, Raw], prefix: str, path: Path, faults: list[Fault], seen: dict[str, Value],
              foreign: list[str] | None, elsewhere: FactDictionary | None) -> None:
        quick = self._quick if not prefix else {}
        for key, value in raw.items():
            known = quick.get(key)
            if known is not None and type(value) is str and value in known[1] and known[0] not in seen:
                seen[known[0]] = known[1][value]
                continue
            place = (*path, key)
            fid = self._find(prefix, key)
            dotted = f"{prefix}.{key}" if prefix else key
            nested = isinstance(value, dict) and dotted in self._prefixes
            if nested and (fid is None or self._dictionary.facts[fid].type not in ("choices", "counts")):
                self._walk(value, dotted, place, faults, seen, foreign, elsewhere)
            elif fid is None and dotted in self._prefixes and _whole_word(value) == "unknown":
                continue  # a nest left blank
            elif fid is None:
                self._unknown(dotted, key, value, place, faults, foreign, elsewhere)
            elif fid in seen:
                fact = self._dictionary.facts[fid]
                faults.append(Fault("fact_twice", {"key": shown(key), "label": fact.label}, place))
            else:
                before = len(faults)
                seen[fid] = self._reader(fid)(value, place, faults)
                if not prefix and type(value) is str and len(faults) == before:
                    _remember(quick.setdefault(key, (fid, {}))[1], value, seen[fid])

    def _reader(self, fid: str) -> Reader:
        found = self._readers.get(fid)
        if found is None:
            fact = self._dictionary.facts[fid]
            found = self._readers[fid] = _labelled(reader_of(fact), fact)
        return found

    def _unknown(self, dotted: str, key: str, value: Raw, place: Path, faults: list[Fault],
                 foreign: list[str] | None, elsewhere: FactDictionary | None) -> None:
        if elsewhere is not None and foreign is not None and _known_in(elsewhere, dotted, key, value):
            foreign.append(dotted)
            return
        facts = self._dictionary.facts
        close = nearest(dotted, [*facts, *(f.label for f in facts.values())])
        hint = "、".join(f"{c}（{facts[c].label}）" if c in facts else c for c in close)
        faults.append(Fault("unknown_fact_near" if close else "unknown_fact", {"key": shown(dotted), "near": hint}, place))


def _known_in(dictionary: FactDictionary, dotted: str, key: str, value: Raw) -> bool:
    if dictionary.find(dotted) is not None or dictionary.find(key) is not None:
        return True
    return isinstance(value, dict) and any(fid.startswith(dotted + ".") for fid in dictionary.facts)


def _labelled(read: Reader, fact: Fact) -> Reader:
    """Let every fault of a fact name the fact."""

    def reader(raw: Raw, path: Path, faults: list[Fault]) -> Value:
        before = len(faults)
        value = read(raw, path, faults)
        if len(faults) > before:
            faults[before:] = [Fault(f.code, {"label": fact.label, **f.params}, f.path) for f in faults[before:]]
            return None
        return value

    return reader


__all__ = ["MAX_TEXT", "Observer", "fields_text", "reader_of"]
