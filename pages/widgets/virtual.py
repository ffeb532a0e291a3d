"""Lists that keep only the rows in sight in the page: found and read by their business key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from playwright.sync_api import Locator

from domain.errors import BusinessError, TransientError

# Goes down from the top, putting the last row that is seen whole on top each time, so that no row
# is jumped over; after each step it waits for frames until the list has drawn what lies there.
_SCAN = """
async (holder, {row, key, cells, wanted}) => {
  const GAP = 64; // px that a heading or a margin may take between the rows and the box's edges
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const keyOf = node => key ? node.getAttribute(key) : node.textContent.trim();
  const atEnd = () => holder.scrollTop + holder.clientHeight >= holder.scrollHeight - 1;
  const drawn = () => {
    const top = holder.getBoundingClientRect().top;
    return [...holder.querySelectorAll(row)].map(node => {
      const box = node.getBoundingClientRect();
      return {node, top: box.top - top, end: box.bottom - top, height: box.height};
    }).filter(({height, end}) => height && end > 0);
  };
  const draw = async () => {
    for (let frames = 0; frames < 300 && holder.clientHeight; frames++) {
      await frame();
      const rows = drawn();
      const begins = Math.min(...rows.map(one => one.top)) <= GAP;
      const ends = Math.max(...rows.map(one => one.end)) >= holder.clientHeight - GAP;
      if (begins && ends) return rows;
    }
    return null;
  };
  const cellsOf = node =>
    cells.length ? cells.map(one => node.querySelector(one)) : [...node.children];
  const shown = cell => cell?.querySelector('input:not([type=checkbox])')?.value ??
    cell?.innerText.trim() ?? '';
  const seen = new Map();
  // Only what is in sight stays drawn: rows beyond the edge may be gone at the next frame.
  const inSight = rows => wanted !== null &&
    rows.some(({node, top}) => keyOf(node) === wanted && top < holder.clientHeight - 1);
  // What is asked for in the list's order is mostly there already.
  if (inSight(drawn())) return {found: true};
  holder.scrollTop = 0;
  for (;;) {
    const rows = await draw();
    if (!rows) return {stuck: true};
    for (const {node} of rows)
      if (!seen.has(keyOf(node)))
        seen.set(keyOf(node), cellsOf(node).map(shown));
    if (inSight(rows)) return {found: true};
    if (atEnd()) return seen.has(wanted) ? {stuck: true} : {rows: [...seen]};
    const whole = rows.filter(({end}) => end <= holder.clientHeight + 1);
    const last = whole.length ? whole.at(-1) : {top: 0, height: holder.clientHeight / 2};
    holder.scrollTop += last.top >= 1 ? last.top : last.height;
  }
}
"""


class VirtualRow(NamedTuple):
    """One row: its key, and what each of its cells shows: its text, or its input's value."""

    key: str
    cells: tuple[str, ...]


class VirtualList:
    """A scrolled box whose rows carry their key in an attribute; without one the key is the text.

    A step is the box's own scroll position, not the mouse wheel: what lies over it can't eat that.
    """

    def __init__(
        self,
        holder: Locator,
        row: str = "[data-row-key]",
        key: str = "data-row-key",
        cells: Sequence[str] = (),
    ) -> None:
        self.holder = holder
        self._row = row
        self._key = key
        self._cells = list(cells)
        """Selectors of what is read of a row; without any, its children from left to right."""

    def row(self, key: str) -> Locator:
        """Scroll until the row of this key exists and give it.

        Raises:
            BusinessError: the whole list was seen and has no such row.
        """
        if "found" not in self._scan(key):
            raise BusinessError(f"the list has no row {key}")
        return self.holder.locator(f'{self._row}[{self._key}="{key}"]')

    def rows(self) -> tuple[VirtualRow, ...]:
        """Read every row once, from the first to the last."""
        return tuple(VirtualRow(key, tuple(cells)) for key, cells in self._scan(None)["rows"])

    def reveal(self, key: str) -> bool:
        """Scroll until the row exists; tell whether the list has it."""
        return "found" in self._scan(key)

    def _scan(self, wanted: str | None) -> dict[str, list[tuple[str, list[str]]]]:
        arguments = {
            "row": self._row,
            "key": self._key,
            "cells": self._cells,
            "wanted": wanted,
        }
        answer: dict[str, list[tuple[str, list[str]]]] = self.holder.evaluate(_SCAN, arguments)
        if "stuck" in answer:
            raise TransientError("the list stopped drawing its rows")
        return answer


class VirtualTable(VirtualList):
    """Ant Design's virtual table."""

    def __init__(self, root: Locator, prefix: str, cells: Sequence[str] = ()) -> None:
        super().__init__(root.locator(f".{prefix}-table-tbody-virtual-holder"), cells=cells)
        self.root = root
