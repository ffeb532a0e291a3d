"""Cases: one open question a key, answered and closed once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from books.entries import Case, CaseKey
from books.library import Books
from tests.books.conftest import ELSEWHERE, HERE, NOON, NOTE

KEY = CaseKey(place=HERE, kind="order.check", key="6920100000000000078")
DUE = NOON + timedelta(hours=12)


def asked(books: Books, key: CaseKey = KEY) -> Case:
    return books.cases.ask(key, NOTE, due_at=DUE, about=("O-address-vague", "O-phone-missing"))


def test_a_question_is_open_until_it_is_closed(books: Books) -> None:
    case = asked(books)
    assert (case.round, case.asked_at, case.due_at, case.open) == (1, NOON, DUE, True)
    assert case.about == ("O-address-vague", "O-phone-missing")
    assert books.cases.open(HERE, "order.check") == [case]

    books.cases.answered(case, NOON + timedelta(hours=1))
    books.cases.answered(case, NOON + timedelta(hours=2))
    books.cases.close(case, NOON + timedelta(hours=3), "answered")
    books.cases.close(case, NOON + timedelta(hours=4), "gave up")

    ended = books.cases.newest(KEY)
    assert ended
    assert ended.answered_at == NOON + timedelta(hours=1)
    assert (ended.outcome, ended.closed_at) == ("answered", NOON + timedelta(hours=3))
    assert books.cases.open(HERE, "order.check") == []

    again = asked(books)
    assert books.cases.rounds(KEY) == [ended, again]


def test_asking_again_while_it_is_open_is_the_same_case(books: Books) -> None:
    first = asked(books)
    assert asked(books) == first
    books.cases.close(first, DUE, "gave up")
    assert asked(books).round == 2


def test_cases_of_another_world_or_kind_are_other_cases(books: Books) -> None:
    asked(books)
    assert books.cases.newest(KEY.model_copy(update={"place": ELSEWHERE})) is None
    assert books.cases.open(HERE, "address") == []
    assert asked(books, KEY.model_copy(update={"kind": "address"})).round == 1


def test_what_is_due_comes_first(books: Books) -> None:
    for key, hours in (("b", 3), ("a", 5), ("c", 1)):
        case = KEY.model_copy(update={"key": key})
        books.cases.ask(case, NOTE, due_at=NOON + timedelta(hours=hours), about=())
    assert [one.key.key for one in books.cases.open(HERE, "order.check")] == ["c", "b", "a"]


def test_what_is_settled_is_told_by_its_newest_case(books: Books) -> None:
    other = KEY.model_copy(update={"key": "other"})
    asked(books)
    books.cases.settle(KEY, NOTE, "fine")
    books.cases.settle(other, NOTE, "fine")
    assert books.cases.ended(HERE, "order.check", "fine") == {KEY.key, "other"}
    assert books.cases.ended(ELSEWHERE, "order.check", "fine") == frozenset()
    asked(books, other)
    assert books.cases.ended(HERE, "order.check", "fine") == {KEY.key}


def test_two_runs_that_ask_at_once_make_one_row(books: Books, database: sa.Engine) -> None:
    asked(books)
    copy = sa.text(
        "INSERT INTO book_cases (source, noted_at, evidence, world, shop_id, kind, key, round,"
        " about, asked_at, due_at, outcome) SELECT source, noted_at, evidence, world, shop_id,"
        " kind, key, round, about, asked_at, due_at, outcome FROM book_cases"
    )
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(copy)
