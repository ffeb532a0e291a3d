"""类目属性 of a product, as a person writes them and as the store shows them.

A value of several parts joins them by ``、``; a part with a share ends in its percentage:
``棉 95%、氨纶 5%``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from domain.sheet_errors import Fault

JOINT = "、"
_PAIRS = re.compile(r"[;；\r\n]+")
_SIGN = re.compile(r"[=＝]")
_SHARE = re.compile(r"(.*\S)\s*?(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s*[%％]")


def parts(value: str) -> tuple[str, ...]:
    """Take a value of several parts apart."""
    return tuple(part.strip() for part in value.split(JOINT) if part.strip())


def share(part: str) -> tuple[str, str]:
    """Take ``棉 95%`` apart into name and percentage; a part without a share has an empty one."""
    match = _SHARE.fullmatch(part)
    return (
        (match.group(1).strip(), f"{Decimal(match.group(2)).normalize():f}")
        if match
        else (part, "")
    )


def with_share(name: str, percentage: str) -> str:
    """Write a part with its share, e.g. ``棉 95%``."""
    return f"{name} {percentage}%" if percentage else name


def attributes_of(text: str) -> dict[str, str] | Fault:
    """Read ``材质成分=棉 95%、氨纶 5%; 适用性别=女``, one attribute a line or between ``;``."""
    found: dict[str, str] = {}
    for pair in (piece.strip() for piece in _PAIRS.split(text) if piece.strip()):
        label, *value = (side.strip() for side in _SIGN.split(pair, maxsplit=1))
        if not label or not value or not value[0]:
            return Fault(
                rule="S-attribute-form",
                mend=f"write each attribute as label=value, such as 适用性别=女, not {pair}",
            )
        if label in found:
            return Fault(rule="S-attribute-twice", mend=f"keep one value for {label}")
        found[label] = JOINT.join(with_share(*share(part)) for part in parts(value[0]))
    return found
