"""JSON Schema for editors: what each kind of file may say, with the labels under which people know it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from plsp_audit.model.base import Strict
from plsp_audit.model.catalogue import Lang, known, say
from plsp_audit.model.facts import FactsFile
from plsp_audit.model.rules import Rule
from plsp_audit.model.site import SiteFile
from plsp_audit.model.standard import StandardFile
from plsp_audit.model.vocabulary import KINDS, SITE_WORDS

Kind = Literal["facts", "standard", "rules", "site"]
KINDS_OF_FILE: Final[tuple[Kind, ...]] = ("facts", "standard", "rules", "site")
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Final = {"type": ["string", "number", "boolean"]}
"""What an editor may see where the readers see text: they take every scalar as it is written."""
_NULL: Final = {"type": "null"}
_PARAMETER: Final = {"type": "string", "pattern": r"^\$[A-Za-z_][A-Za-z0-9_]*$"}
_YES_NO: Final = {"enum": [True, False, "true", "false", "yes", "no", "是", "否", "有", "无"]}
_TEXTS: Final = {"type": "array", "items": _TEXT}

# What a reader accepts beside the model's own form, by the function that turns it into that form.
_SHORT: Final[dict[str, list[JsonSchemaValue]]] = {
    "checks._shorthand": [_TEXT],
    "awards._shorthand": [{"enum": ["share", "judged"]}],
    "rules._clause": [_TEXT, _TEXTS],
    "facts._option": [_TEXT],
    "standard._listed": [_TEXT],
    "standard._no_rounding": [{"const": "none"}],
    "site._texts": [_TEXT, _NULL],
    "site._one_or_many": [_TEXT],
    "site._mapping": [_NULL],
    "site._list": [_NULL],
}
_WHOLE: Final[dict[str, JsonSchemaValue]] = {"base.yes_no": _YES_NO, "checks.literal": _TEXT}


class _RulesFile(Strict):
    """A rules file whose rules are read as they stand, before parameters and tailoring."""

    plsp: Literal["rules/1"] | None = None
    rules: tuple[Rule, ...] = ()


_MODELS: Final[dict[Kind, type[BaseModel]]] = {
    "facts": FactsFile,
    "standard": StandardFile,
    "rules": _RulesFile,
    "site": SiteFile,
}


class _Generator(GenerateJsonSchema):
    """Gives the schema of what the readers accept, which is more than what the models hold."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Add the short forms that a function before the model turns into the long one."""
        name = _name(schema["function"]["function"])
        if name in _WHOLE:
            return dict(_WHOLE[name])
        inner = self.generate_inner(schema["schema"])
        return {"anyOf": [*_SHORT[name], inner]} if name in _SHORT else inner

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Take any scalar as text, as the readers do."""
        return {**super().str_schema(schema), **_TEXT}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """Take a whole number in quotes too."""
        return {"anyOf": [super().int_schema(schema), {"type": "string", "pattern": "^-?[0-9]+$"}]}

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles made from names of code."""
        return False


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__.rpartition('.')[2]}.{getattr(function, '__name__', '')}"


def json_schema(kind: Kind, lang: Lang = "zh") -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of a kind of file.

    Args:
        kind: `facts`, `standard`, `rules` or `site`.
        lang: The language of the descriptions.
    """
    model = _MODELS[kind]
    schema = model.model_json_schema(by_alias=True, schema_generator=_Generator, mode="validation")
    definitions: dict[str, Any] = schema.pop("$defs", {})
    for name, body in [(model.__name__.removeprefix("_"), schema), *definitions.items()]:
        body.pop("description", None)
        body.pop("title", None)
        if kind == "site":
            _in_chinese(name, body)
        _describe(name, body, lang)
        if kind == "rules":
            _parametrised(body)
    head = {"$schema": DIALECT, "title": say(f"schema_file.{kind}", lang)}
    return {**head, **schema, **({"$defs": definitions} if definitions else {})}


_TABLES: Final = {
    "Rule": "rule",
    "Part": "rule",
    "Scoring": "scoring",
    "Grade": "grade",
    "Fact": "fact",
    "FactField": "fact",
    "Option": "fact",
    "SiteFile": "site",
    "SiteBlock": "site",
    "InspectionBlock": "inspection",
    "Judgement": "judgement",
    "Waiver": "waiver",
    "Tier": "rule",
    "RuleChange": "waiver",
    "RuleRemoval": "waiver",
    "ParameterChange": "waiver",
    "Dimension": "grade",
}
_AWARDS: Final = ("award", "award.branch", "award.judging")
_VALUES: Final = {
    "level": "level",
    "type": "fact_type",
    "model": "scoring.model",
    "not_applicable": "scoring.not_applicable",
    "not_checked": "scoring.not_checked",
    "mode": "scoring.rounding",
    "points_basis": "scoring.points_basis",
    "kind": "kind",
    "evidence": "evidence",
    "whole_units": "award.whole_units",
}


def _describe(model: str, body: dict[str, Any], lang: Lang) -> None:
    """Put the label of each key, and of the words it may be, into its description."""
    plain = {word: key for words in SITE_WORDS.values() for word, key in words.items()}
    for key, schema in body.get("properties", {}).items():
        schema.pop("title", None)
        name = plain.get(key, key)
        label = _label(model, name, lang)
        options = [o for o in _enumerated(schema) if o and known(f"label.{_VALUES.get(name, '')}.{o}", lang)]
        if options:
            words = "、".join(f"{o} {say(f'label.{_VALUES[name]}.{o}', lang)}" for o in options)
            label = f"{label}：{words}" if label else words
        if label:
            schema["description"] = label


def _label(model: str, key: str, lang: Lang) -> str:
    tables = (_TABLES[model],) if model in _TABLES else ("check",) if model.endswith(("Check", "Rows")) else _AWARDS
    for table in tables:
        text = say(f"label.{table}.{key}", lang) if known(f"label.{table}.{key}", lang) else "{"
        if "{" not in text:  # else it is a sentence to be filled, or a table of words
            return text
    extra = f"schema_file.key.{key}"
    return say(extra, lang) if known(extra, lang) else ""


def _enumerated(schema: dict[str, Any]) -> Iterator[str]:
    """Give the words that a key may be."""
    for one in [schema, *schema.get("anyOf", [])]:
        yield from (str(v) for v in one.get("enum", [one["const"]] if "const" in one else []) if isinstance(v, str))


_BLOCKS: Final = {
    "SiteFile": "top",
    "SiteBlock": "site",
    "InspectionBlock": "inspection",
    "Judgement": "judgement",
    "Waiver": "waiver",
}


def _in_chinese(model: str, body: dict[str, Any]) -> None:
    """Let the fixed keys and words of a site file be Chinese too."""
    block = _BLOCKS.get(model)
    if block is None:
        return
    properties = body["properties"]
    words = {key: word for word, key in SITE_WORDS[block].items()}
    if "kind" in properties and block == "inspection":
        properties["kind"] = {"enum": [*KINDS.values(), *KINDS]}
    for key, word in words.items():
        if key in properties:
            properties[word] = dict(properties[key])
    required = body.pop("required", [])
    plain = [key for key in required if key not in words]
    either = [{"anyOf": [{"required": [key]}, {"required": [words[key]]}]} for key in required if key in words]
    body.update({"required": plain} if plain else {})
    body.update({"allOf": either} if either else {})


def _parametrised(body: dict[str, Any]) -> None:
    """Let `$name` stand wherever a rule has a value that is no text."""
    for key, schema in body.get("properties", {}).items():
        if key in ("id", "level", "plsp") or "string" in _kinds(schema):
            continue
        words = schema.pop("description", None)
        body["properties"][key] = {"anyOf": [schema, _PARAMETER]} | ({"description": words} if words else {})


def _kinds(schema: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for one in [schema, *schema.get("anyOf", [])]:
        given = one.get("type", [])
        if "pattern" not in one:
            found.update([given] if isinstance(given, str) else given)
    return found
