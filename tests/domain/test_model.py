"""The base of every value."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.return_address import ReturnAddress


def test_what_a_value_could_not_take_is_not_repeated_in_its_error() -> None:
    """Pages read buyers' facts into values; an error's words end in logs and reports."""
    with pytest.raises(ValidationError) as told:
        ReturnAddress.model_validate({"province": "张三", "nobody": "朝阳路 88 号"})
    assert "nobody" in str(told.value)
    assert "朝阳路" not in str(told.value)
    assert "张三" not in str(told.value)
