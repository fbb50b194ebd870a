"""What can be observed on site: the fact dictionary (`plsp: facts/1`, spec section 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from plsp_audit.model.base import Strict, YesNo
from plsp_audit.model.text import folded

FactType = Literal["yes_no", "number", "integer", "text", "date", "choice", "choices", "counts", "records"]
FieldType = Literal["yes_no", "number", "integer", "text", "date", "choice", "choices", "counts"]
NUMERIC: frozenset[str] = frozenset({"number", "integer"})
WITH_OPTIONS: frozenset[str] = frozenset({"choice", "choices", "counts"})


def _option(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


class Option(Strict):
    """One option of a choice, choices or counts fact."""

    label: str
    aliases: tuple[str, ...] = ()


Options = dict[str, Annotated[Option, BeforeValidator(_option)]]


class FactField(Strict):
    """What a field of a record has, and every fact too. `unit` is what a value may carry: 120, "120㎡"."""

    label: str
    type: FieldType
    unit: str | None = None
    unit_aliases: tuple[str, ...] = ()
    ask: str | None = None
    aliases: tuple[str, ...] = ()
    open: YesNo = False
    options: Options = Field(default_factory=dict)

    def option_id(self, name: str) -> str | None:
        """Give the option written as `name` (id, label or alias), None when there is none."""
        return self._options_by_name.get(folded(name))

    @cached_property
    def _options_by_name(self) -> dict[str, str]:
        """The option's id by folded id, label and alias; where a name stands twice, the first option has it."""
        found: dict[str, str] = {}
        for key, option in self.options.items():
            for name in (key, option.label, *option.aliases):
                found.setdefault(folded(name), key)
        return found


class Fact(FactField):
    """One fact. Only `records` has `fields`; `group` orders the form and does not nest."""

    type: FactType  # type: ignore[assignment]
    group: str = ""
    fields: dict[str, FactField] = Field(default_factory=dict)

    def field_id(self, name: str) -> str | None:
        """Give the field of a record written as `name` (id, label or alias), None when there is none."""
        wanted = folded(name)
        for key, field in self.fields.items():
            if wanted in (folded(key), folded(field.label), *(folded(a) for a in field.aliases)):
                return key
        return None


class MoreOptions(Strict):
    """An entry that adds options to a shared fact and keeps the rest."""

    more_options: Options


def _is_more(value: Any) -> str:
    more = isinstance(value, MoreOptions) or isinstance(value, Mapping) and "more_options" in value
    return "~more" if more else "~fact"


Entry = Annotated[
    Annotated[Fact, Tag("~fact")] | Annotated[MoreOptions, Tag("~more")],
    Discriminator(_is_more),
]


class FactsFile(Strict):
    """A `facts.yaml`."""

    plsp: Literal["facts/1"]
    facts: dict[str, Entry] = Field(default_factory=dict)
    more_options: dict[str, Options] = Field(default_factory=dict)


class FactDictionary(Strict):
    """All facts a standard knows. A standard's own names win over the shared ones.

    Attributes:
        facts: By id.
        names: Folded id, label or alias -> id.
        shared: Names of other standards' or shadowed facts are not here; see `loading.facts`.
    """

    facts: dict[str, Fact]
    names: dict[str, str]

    def find(self, name: str) -> str | None:
        """Give the id of the fact written as `name` (id, label or alias), None when nobody knows it."""
        if name in self.facts:
            return name
        return self.names.get(folded(name))

    def get(self, name: str) -> Fact | None:
        """Give the fact written as `name`, None when nobody knows it."""
        found = self.find(name)
        return self.facts[found] if found is not None else None
