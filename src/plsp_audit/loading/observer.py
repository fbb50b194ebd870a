"""The `facts` of an inspection file: names found, values read, everything that is wrong collected."""

from __future__ import annotations

from plsp_audit.loading.keys import near_facts
from plsp_audit.loading.observe import MAX_HINTS, Path, Raw, Reader, name_faults, reader_of, remember, whole_word
from plsp_audit.model.facts import Fact, FactDictionary
from plsp_audit.model.values import MAX_FAULTS, Fault, Value, shown


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

    def read(
        self,
        raw: Raw,
        path: Path,
        faults: list[Fault],
        foreign: list[str] | None = None,
        known_elsewhere: FactDictionary | None = None,
    ) -> dict[str, Value]:
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
                remember(self._keys, key, found)
            return found
        full = self._dictionary.find(f"{prefix}.{key}")
        if full is not None:
            return full
        named = self._dictionary.find(key)
        return named if named is not None and named.startswith(prefix + ".") else None

    def _walk(
        self,
        raw: dict[str, Raw],
        prefix: str,
        path: Path,
        faults: list[Fault],
        seen: dict[str, Value],
        foreign: list[str] | None,
        elsewhere: FactDictionary | None,
    ) -> None:
        quick = self._quick if not prefix else {}
        for key, value in raw.items():
            if len(faults) >= MAX_FAULTS:
                return
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
            elif fid is None and dotted in self._prefixes and whole_word(value) == "unknown":
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
                    remember(quick.setdefault(key, (fid, {}))[1], value, seen[fid])

    def _reader(self, fid: str) -> Reader:
        found = self._readers.get(fid)
        if found is None:
            fact = self._dictionary.facts[fid]
            found = self._readers[fid] = _labelled(reader_of(fact), fact)
        return found

    def _unknown(
        self,
        dotted: str,
        key: str,
        value: Raw,
        place: Path,
        faults: list[Fault],
        foreign: list[str] | None,
        elsewhere: FactDictionary | None,
    ) -> None:
        if elsewhere is not None and foreign is not None and _known_in(elsewhere, dotted, key, value):
            foreign.append(dotted)
            return
        near = near_facts(dotted, self._dictionary) if len(faults) < MAX_HINTS else ""
        code = "unknown_fact_near" if near else "unknown_fact"
        faults.append(Fault(code, {"key": shown(dotted), "near": near}, place))


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
            name_faults(faults, before, fact.label)
            return None
        return value

    return reader
