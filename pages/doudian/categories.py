"""手动选择类目: the dialog in which a category is chosen from a tree, a column for each level."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import BusinessError, TransientError
from domain.site import SiteMap
from pages.widgets.antd import Modal, appear, button, settle
from pages.widgets.clicks import press

COLUMNS = "[class*='style_selectTree__'] ul"
ITEM = "[class*='style_catItem__']"
DRAWN_MS = 3_000
"""How long a column that is there may take to show all of its items, and the button to be free."""
NEAR = 5
"""How many categories are named that could have been meant."""
# Clicks through the tree as a person would, one item after the other. A click on a leaf frees the
# dialog's button, one on a branch draws the next column: anew, or with other items than before.
_WALK = """
async (dialog, {columns, item, confirm, below}) => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const lists = () => [...dialog.querySelectorAll(columns)];
  const nameOf = node => node.textContent.replace(/[›>]\\s*$/, '').trim();
  const items = level => [...(lists()[level]?.querySelectorAll(item) ?? [])];
  const namesOf = level => items(level).map(nameOf).join('\\n');
  const button = [...dialog.querySelectorAll('button')]
    .find(one => one.textContent.replace(/\\s/g, '') === confirm);
  const leaves = [];
  const walk = async path => {
    const level = path.length;
    for (const name of items(level).map(nameOf)) {
      if (!level && below.length && !below.includes(name)) continue;
      const [old, said] = [lists()[level + 1], namesOf(level + 1)];
      items(level).find(one => nameOf(one) === name)?.click();
      await frame();
      await frame(); // until then the button may still be that of the leaf before
      const opened = () => items(level + 1).length &&
        (lists()[level + 1] !== old || namesOf(level + 1) !== said);
      for (let frames = 0; button.disabled && !opened(); frames++) {
        if (frames > 600) return [...path, name];
        await frame();
      }
      if (!button.disabled) leaves.push([...path, name]);
      else {
        const stuck = await walk([...path, name]);
        if (stuck) return stuck;
      }
    }
    return null;
  };
  const stuck = await walk([]);
  return {leaves, stuck: stuck ? stuck.join(' > ') : ''};
}
"""


class CategoryDialog:
    """The dialog 选择商品类目 of the create page's first step."""

    def __init__(self, page: Page, site: SiteMap) -> None:
        self._page = page
        self._site = site
        self._modal = Modal(page, site.prefixes.goods, site.label("选择商品类目"))

    def open(self) -> None:
        """Open it; its first column is there then."""
        press(button(self._page, self._site.label("手动选择类目")))
        settle(self._modal.root)
        appear(self._items(0))

    def choose(self, category: Sequence[str]) -> None:
        """Click down a path to its leaf and confirm.

        Raises:
            BusinessError: the site has no such category, or there are others below it.
            TransientError: a column did not come.
        """
        stale: list[str] = []
        for level in range(len(category)):
            item = self._item(category[: level + 1], stale)
            stale = self._items(level + 1).all_inner_texts()  # of what was open before
            press(item)
        self._await_leaf(category, stale)
        self._modal.press(self._site.label("确认"))
        self._modal.gone()

    def _item(self, path: Sequence[str], stale: Sequence[str]) -> Locator:
        items = self._items(len(path) - 1)
        named = re.compile(rf"^\s*{re.escape(path[-1])}\s*[›>]?\s*$")
        appear(items)  # its column comes as a whole
        try:
            appear(items.filter(has_text=named), DRAWN_MS)
        except TookTooLong:
            if stale and items.all_inner_texts() == stale:
                raise TransientError(f"the categories below {path[-2]} did not come") from None
            raise _refused("the site has no category", path, path[-1], items) from None
        return items.filter(has_text=named)

    def _await_leaf(self, path: Sequence[str], stale: Sequence[str]) -> None:
        confirm = button(self._modal.root, self._site.label("确认"))
        try:
            appear(confirm.and_(self._page.locator(":enabled")), DRAWN_MS)
        except TookTooLong:
            below = self._items(len(path))
            if below.all_inner_texts() in ([], stale):
                raise
            raise _refused("the category goes on below", path, "", below) from None

    def leaves(self, below: Sequence[str] = ()) -> tuple[tuple[str, ...], ...]:
        """Read every leaf as its path; only those below some first categories if given.

        Raises:
            TransientError: a column did not come.
        """
        told = self._modal.root.evaluate(
            _WALK,
            {
                "columns": COLUMNS,
                "item": ITEM,
                "confirm": self._site.label("确认"),
                "below": list(below),
            },
        )
        if told["stuck"]:
            raise TransientError(f"the categories below {told['stuck']} did not come")
        return tuple(tuple(path) for path in told["leaves"])

    def _items(self, level: int) -> Locator:
        return self._modal.root.locator(COLUMNS).nth(level).locator(ITEM)


def _refused(why: str, path: Sequence[str], wanted: str, items: Locator) -> BusinessError:
    """Say what the site has instead: what looks like the wanted one, else what comes first."""
    there = [text.strip(" \n›>") for text in items.all_inner_texts()]
    near = difflib.get_close_matches(wanted, there, NEAR, 0.3) or there[:NEAR]
    return BusinessError(
        f"{why} {' > '.join(path)}; it has {'、'.join(near)}",
        mend="Write 商品类目 as the site has it, down to the last level",
    )
