"""That nothing of the facts is forgotten, and that the table in the document is the one in use."""

from __future__ import annotations

from pathlib import Path

from practice.erp.codes import ErpAnswer
from practice.erp.people import USERS
from practice.erp.routes import BOX, RETURNS, SHOPS
from tests.practice import facts_table

HERE = Path(__file__).parent


def test_every_statement_has_a_test_or_a_reason_and_no_more() -> None:
    facts = facts_table.facts(HERE)
    open_ones = {fact.id for fact in facts.values() if not fact.left_out}
    assert sorted(facts_table.checks(HERE)) == sorted(open_ones)


def test_the_documents_table_is_up_to_date() -> None:
    """`python -m tests.practice.facts_table --write` brings it up to date."""
    assert facts_table.documented(HERE) == facts_table.between_markers(HERE)


def test_the_document_names_every_code_account_and_kind_of_route() -> None:
    told = facts_table.DOCUMENT.read_text(encoding="utf-8").split("\n## ERP")[1].split("\n## ")[0]
    for code in ErpAnswer:
        assert f"| {code.value} |" in told
    for name in (*(login for login, _, _ in USERS), BOX, RETURNS, SHOPS):
        assert name in told
