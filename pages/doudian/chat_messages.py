"""A conversation of 飞鸽 as its pane shows it (facts/doudian.md 6)."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from playwright.sync_api import Locator
from pydantic import AwareDatetime, Field

from domain.model import Value

# Times are written in the browser's own zone, so the browser is the one to read them.
_PANE = r"""
(pane, over) => {
  const MESSAGE = '[data-qa-id="qa-message-warpper"]';
  const seconds = text => {
    const part = /(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text)?.slice(1).map(Number);
    return part ? new Date(part[0], part[1] - 1, ...part.slice(2)).getTime() / 1000 : 0;
  };
  const beside = (wrapper, inner) =>
    [...wrapper.children].filter(one => !one.contains(inner)).map(one => one.textContent).join(' ');
  const told = inner => {
    const wrapper = inner.closest(MESSAGE);
    const who = !wrapper ? 'system' : wrapper.matches('.messageIsMe') ? 'shop' : 'buyer';
    const words = wrapper ? inner.querySelector('pre span') ?? inner : inner;
    return {
      id: inner.dataset.id, who, text: words.textContent.trim(),
      picture: inner.querySelector('img')?.src ?? '',
      at: wrapper ? seconds(beside(wrapper, inner)) : 0,
    };
  };
  const bare = pane.cloneNode(true);
  bare.querySelectorAll(`${MESSAGE}, [data-id]`).forEach(one => one.remove());
  const messages = [...pane.querySelectorAll('[data-id]')].map(told);
  return {messages, over: bare.textContent.includes(over)};
}
"""


class Speaker(StrEnum):
    """Who wrote a message."""

    BUYER = "buyer"
    SHOP = "shop"
    SYSTEM = "system"


class Message(Value):
    """One message. Its text is personal data: used inside one step, in no log, picture or file."""

    message_id: str
    who: Speaker
    text: str = Field(default="", repr=False)
    """Empty for a picture."""
    picture: str = Field(default="", repr=False)
    """The picture's address; empty for words."""
    at: AwareDatetime | None = None
    """None where the pane shows no time, as beside the system's messages."""


class Conversation(Value):
    """What stands in the pane, the oldest message first."""

    messages: tuple[Message, ...]
    over: bool
    """会话超过7天不可回复: nothing can be sent."""


def conversation_in(pane: Locator, over: str) -> Conversation:
    """Read the whole pane at once; ``over`` are the words of a conversation that has ended."""
    told = pane.evaluate(_PANE, over)
    messages = tuple(
        Message(
            message_id=one["id"],
            who=one["who"],
            text=one["text"],
            picture=one["picture"],
            at=datetime.fromtimestamp(one["at"], UTC) if one["at"] else None,
        )
        for one in told["messages"]
    )
    return Conversation(messages=messages, over=told["over"])
