"""Toasts live three seconds: a recorder keeps every one, for both kits, until it is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Page

TOAST_RECORDER = r"""
(() => {
  // Ant Design: x-message-notice, x-message-success in or on it. Element Plus: x-message--success.
  const NOTICE = '[class*="-message-notice "], [class$="-message-notice"], [class*="-message--"]';
  const KIND = /-message(?:-notice)?--?(success|error|warning|info|loading)(?=[\s"])/;
  const toasts = window.__toasts = [];
  const last = new WeakMap();
  function record(notice) {
    const kind = KIND.exec(notice.outerHTML)?.[1];
    const text = notice.textContent.trim();
    if (!kind || !text || last.get(notice) === kind + text) return;
    last.set(notice, kind + text);
    toasts.push({kind, text, at: Date.now()});
  }
  function look({target, addedNodes}) {
    const element = target.nodeType === 1 ? target : target.parentElement;
    const around = element?.closest(NOTICE);
    if (around) record(around);
    for (const node of addedNodes) {
      if (node.nodeType !== 1) continue;
      if (node.matches(NOTICE)) record(node);
      else node.querySelectorAll(NOTICE).forEach(record);
    }
  }
  new MutationObserver(changes => changes.forEach(look)).observe(document, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ['class'],
  });
})();
"""


class Toast(NamedTuple):
    """One toast: success, error, warning, info or loading; its words; when it came."""

    kind: str
    text: str
    at: datetime


class Toasts:
    """Every toast of the present document, gone or not; its page must have the recorder."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @staticmethod
    def install(on: Page | BrowserContext) -> None:
        """Record the toasts of every document that is opened from now on."""
        on.add_init_script(TOAST_RECORDER)

    def count(self) -> int:
        """Count those that came so far; to be asked before the click that causes the next."""
        count: int = self.page.evaluate("() => window.__toasts.length")
        return count

    def after(self, count: int) -> tuple[Toast, ...]:
        """Wait for a toast beyond this count and give all that came since."""
        self.page.wait_for_function("count => window.__toasts.length > count", arg=count)
        return self.all()[count:]

    def all(self) -> tuple[Toast, ...]:
        """Give all in the order they came."""
        seen = self.page.evaluate("() => window.__toasts")
        return tuple(
            Toast(one["kind"], one["text"], datetime.fromtimestamp(one["at"] / 1000, UTC))
            for one in seen
        )
