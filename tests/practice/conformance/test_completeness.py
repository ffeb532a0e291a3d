"""That nothing of the facts is forgotten, and that the table in the document is the one in use."""

from __future__ import annotations

import ast

from tests.practice import facts_table


def test_every_statement_has_a_test_or_a_reason() -> None:
    open_ones = {fact.id for fact in facts_table.facts().values() if not fact.left_out}
    assert sorted(open_ones - set(facts_table.checks())) == []


def test_no_test_names_what_is_no_statement() -> None:
    facts = facts_table.facts()
    unknown = {one for one in facts_table.checks() if one not in facts or facts[one].left_out}
    assert sorted(unknown) == []


def test_no_test_is_excused() -> None:
    for path in sorted(facts_table.FOLDER.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            assert not name.startswith(("pytest.skip", "pytest.mark.skip", "pytest.mark.xfail"))


def test_the_documents_table_is_up_to_date() -> None:
    """`python -m tests.practice.facts_table --write` brings it up to date."""
    assert facts_table.documented() == facts_table.between_markers()
