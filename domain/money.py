"""Money in 元, exact to the 分, as the site's forms and lists write it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, PlainSerializer

CENT = Decimal("0.01")
_AMOUNT = re.compile(r"[¥￥]?(\d{1,9}|\d{1,3}(?:[,，]\d{3}){1,2})(?:\.(\d{1,2})0*)?")


def yuan(text: str | float | Decimal) -> Decimal:
    """Read an amount in 元: ``￥39.9``, ``¥1,299``, ``39.90``, full-width digits too.

    Raises:
        ValueError: not a number, negative, finer than 分, or a milliard and more.
    """
    match = _AMOUNT.fullmatch(str(text).strip())
    if match is None:
        raise ValueError(f"{text!r} is not an amount of money with at most two decimals")
    whole = match.group(1).replace(",", "").replace("，", "")
    return Decimal(f"{whole}.{match.group(2) or '0'}").quantize(CENT)


Yuan = Annotated[
    Decimal,
    AfterValidator(yuan),
    PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str),
]
"""An amount in 元 with exactly two decimals; JSON carries it as text (``"39.90"``)."""
