"""Guides, notice dialogs and notice drawers that come by themselves and eat clicks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext

from pages.widgets.common import any_of

WORDS = ("我知道了", "知道了", "暂不", "跳过", "稍后再说", "下次再说", "以后再说")
"""What may be pressed: each only puts a notice away. Any other word is left alone."""
DRAWERS = ("消息通知", "平台公告", "新功能引导", "新功能介绍")
"""Titles of drawers that are notices; any other drawer is somebody's work."""
LOOK_MS = 100
PRESS_AGAIN_MS = 1_500
"""What is still there so long after it was pressed was drawn anew, or lost the click."""

# In the page itself, because a handler of Playwright's is a question to the browser before every
# single action: a third of the time of a fill. Nothing but the button can get the click, and it
# is no place on the screen, so that open lists stay open.
_KEEPER = """
(kinds, lookMs, againMs) => {
  if (window !== window.top) return;
  const pressed = new WeakMap();
  const shown = one => one.checkVisibility({visibilityProperty: true}) && one.offsetWidth > 0;
  const says = (words, text) => RegExp(words).test(text ?? '');
  const titled = (kind, box) => !kind.title ||
    [...box.querySelectorAll(kind.title)].some(one => says(kind.titles, one.textContent));
  const worded = (words, box) => {
    const found = [], texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
      if (says(words, texts.currentNode.data)) found.push(texts.currentNode.parentElement);
    return found;
  };
  const closers = (kind, box) =>
    kind.words ? worded(kind.words, box) : [...box.querySelectorAll(kind.closer)];
  const press = closer => {
    if (!shown(closer) || performance.now() - (pressed.get(closer) ?? -Infinity) < againMs) return;
    pressed.set(closer, performance.now());
    closer.click();
  };
  setInterval(() => {
    for (const kind of kinds)
      for (const box of document.querySelectorAll(kind.box))
        if (titled(kind, box)) closers(kind, box).forEach(press);
  }, lookMs);
}
"""


@dataclass(frozen=True)
class Notice:
    """A kind of notice, and what puts it away: one of some words, or a closer."""

    box: str
    """CSS of the box that it comes in."""
    words: str = ""
    """What stands on the button, as a regular expression; see :func:`any_of`."""
    closer: str = ""
    """CSS of the closer, for one without words."""
    title: str = ""
    """CSS of its title, for a box that also other things come in."""
    titles: str = ""
    """What the title must be, as a regular expression."""


_KEPT_CLEAR: WeakKeyDictionary[BrowserContext, set[tuple[Notice, ...]]] = WeakKeyDictionary()


def clear_notices(context: BrowserContext, *prefixes: str) -> None:
    """Put away each notice of antd's kind as soon as it is to be seen.

    Args:
        context: whose pages to keep clear, from the next address on that they go to.
        prefixes: the class prefixes of the kits on it.
    """
    boxes = f'[class*="guide-single-content-wrapper"], {css(prefixes, "modal")}'
    drawer = Notice(
        box=css(prefixes, "drawer-open"),
        closer=css(prefixes, "drawer-close"),
        title=css(prefixes, "drawer-title"),
        titles=any_of(DRAWERS),
    )
    keep_clear(context, Notice(box=boxes, words=any_of(WORDS)), drawer)


def keep_clear(context: BrowserContext, *notices: Notice) -> None:
    """Put away these notices as soon as they are to be seen, from each page's next address on.

    Asked again for the same notices, it is done already.
    """
    known = _KEPT_CLEAR.setdefault(context, set())
    if notices in known:
        return
    known.add(notices)
    kinds = json.dumps([asdict(one) for one in notices], ensure_ascii=False)
    context.add_init_script(f"({_KEEPER.strip()})({kinds}, {LOOK_MS}, {PRESS_AGAIN_MS})")


def css(prefixes: Sequence[str], *names: str) -> str:
    """Make the CSS of parts by their names, under each prefix."""
    return ", ".join(f".{prefix}-{name}" for prefix in prefixes for name in names)
