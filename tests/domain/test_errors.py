from __future__ import annotations

import pytest

from domain.errors import (
    BusinessError,
    Defect,
    NeedsPerson,
    OutcomeUnknown,
    ShopclerkError,
    TransientError,
)

KINDS = (BusinessError, TransientError, OutcomeUnknown, NeedsPerson, Defect)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_and_how_to_mend_it_are_redacted_wherever_they_are_shown(
    kind: type[ShopclerkError],
) -> None:
    error = kind("call 13812345678", mend="or token=s3cret")

    shown = f"{error} {error!r} {error.args} {error.what} {error.mend}"
    assert str(error) == "call 138****5678. or token=***"
    assert not [secret for secret in ("13812345678", "s3cret") if secret in shown]


def test_the_sentence_holds_the_facts_before_the_way_out() -> None:
    error = TransientError("the list did not load", mend="Try again", step="read", attempt=2)

    assert str(error) == "the list did not load (step read, attempt 2). Try again"
