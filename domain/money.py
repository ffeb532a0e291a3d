"""Money in 元, exact to the 分, as the site's forms and lists write it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import AfterValidator, PlainSerializer

CENT = Decimal("0.01")


def yuan(text: str | float | Decimal) -> Decimal:
    """Read an amount in 元: ``￥39.9``, ``¥1,299``, ``39.90``, full-width digits too.

    Raises:
        ValueError: not a number, negative, or finer than 分.
    """
    cleaned = str(text).strip().lstrip("¥￥").replace(",", "").replace("，", "")
    try:
        amount = Decimal(cleaned)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not an amount of money") from None
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{text!r} is not an amount of money")
    if amount != amount.quantize(CENT):
        raise ValueError(f"{text!r} has more than two decimals")
    return amount.quantize(CENT)


Yuan = Annotated[
    Decimal,
    AfterValidator(yuan),
    PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str),
]
"""An amount in 元 with exactly two decimals; JSON carries it as text (``"39.90"``)."""
