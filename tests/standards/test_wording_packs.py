"""The shipped standards, read as an inspector reads them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang
from plsp_audit.standards.resolve import resolve
from plsp_audit.standards.wording import clause_text, missing_label, requirement_text, scoring_text

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted(path.parent.name for path in (ROOT / "standards").glob("*/standard.yaml"))
BAD = re.compile(r"[{}$\n]|[。；，：]{2}|[；，：、）][。）]{2}|（[。；，：、]|[a-z]+_[a-z]+|[a-z]\.[a-z]")
LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PACKS)
def test_every_rule_of_a_shipped_standard_reads_well(name: str, lang: Lang) -> None:
    standard = resolve(Library(shipped=ROOT / "standards"), name).standard
    for tier, rules in standard.rules.items():
        for rule in rules:
            texts = [scoring_text(rule, standard, tier, lang), requirement_text(rule, standard, tier, lang)]
            texts.append(clause_text(rule.clause, standard, lang))
            if rule.check is not None:
                texts.append(missing_label(rule.check, standard.facts, lang, tier))
            for text in texts:
                assert text, rule.id
                assert not BAD.search(text), (rule.id, text)
