"""What the heads of a table of sites may name: the facts and rules of the standards at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plsp_audit.loading.bind import RuleNames
from plsp_audit.model.facts import Fact, FactDictionary
from plsp_audit.model.text import folded


@dataclass(frozen=True, slots=True)
class TableNames:
    """The names that a table may use, of every standard that may score one of its rows.

    Attributes:
        dictionaries: The facts of each standard.
        rules: Rule ids by their folded form.
        parts: By rule id, how many parts it has at most.
        judged: By rule key (`id`, or `id/2` for a part): which judgements some tier wants of it, as `RuleNames` says.
    """

    dictionaries: tuple[FactDictionary, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)
    judged: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def facts(self, name: str) -> list[Fact]:
        """Give what the dictionaries mean by `name`: its facts, most often one and the same."""
        return [fact for fact, _ in self._found(name)]

    def fact_id(self, name: str) -> str | None:
        """Give the id of the fact written as `name`, None where no dictionary knows it or two disagree."""
        ids = {fid for _, fid in self._found(name)}
        return ids.pop() if len(ids) == 1 else None

    def _found(self, name: str) -> Iterator[tuple[Fact, str]]:
        for dictionary in self.dictionaries:
            fid = dictionary.find(name)
            if fid is not None:
                yield dictionary.facts[fid], fid

    def rule_key(self, text: str) -> str | None:
        """Give the rule, or its part, that is written so; None where no standard has it."""
        name, slash, number = text.replace("／", "/").partition("/")
        rule = self.rules.get(folded(name)) if len(name) < 100 else None
        if rule is None or not slash:
            return rule
        number = number.strip()
        return f"{rule}/{number}" if number in {str(n) for n in range(1, self.parts.get(rule, 0) + 1)} else None

    def words(self) -> Iterator[str]:
        """Give everything that may be written: labels, aliases and ids of facts, ids of rules."""
        for dictionary in self.dictionaries:
            for fid, fact in dictionary.facts.items():
                yield from (fact.label, *fact.aliases, fid)
        yield from self.rules.values()


def table_names(dictionaries: Iterable[FactDictionary], rules: Iterable[RuleNames]) -> TableNames:
    """Put together what the tiers of several standards know.

    Args:
        dictionaries: One a standard.
        rules: One a tier of each.
    """
    by_fold: dict[str, str] = {}
    parts: dict[str, int] = {}
    judged: dict[str, frozenset[str]] = {}
    for names in rules:
        for rule, count in names.parts.items():
            by_fold.setdefault(folded(rule), rule)
            parts[rule] = max(count, parts.get(rule, 0))
        for key, kind in names.judged.items():
            judged[key] = judged.get(key, frozenset()) | {kind}
    return TableNames(tuple(dictionaries), by_fold, parts, judged)
