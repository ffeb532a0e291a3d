"""What it means when a site says no in its own words; both sites word it alike."""

from __future__ import annotations

from domain.errors import BusinessError, OutcomeUnknown

EXISTS = ("已存在", "重复提交")
"""Words of answers that say it may be there already: one has to look, and never sends again."""
BUSY = ("频繁", "请稍后", "系统繁忙", "网络异常", "被挤爆")
"""Words of answers that leave open whether it was done: looked up, sent again if it was not."""


def refusal(said: str) -> BusinessError | OutcomeUnknown:
    """Tell a site's plain no from an answer after which one has to look."""
    if any(word in said for word in EXISTS):
        return OutcomeUnknown(f"the site said: {said}")
    if any(word in said for word in BUSY):
        return OutcomeUnknown(f"the site was busy: {said}")
    return BusinessError(said)
