"""类目属性 in the product form: what a category asks for, each kind with its own widget."""

from __future__ import annotations

from playwright.sync_api import Locator

from domain.attributes import JOINT, parts, share
from domain.errors import BusinessError
from domain.site import SiteMap
from pages.widgets.antd import (
    DatePicker,
    MultiSelect,
    NumberInput,
    Select,
    TextInput,
    TreeSelect,
    exact,
)
from pages.widgets.clicks import click_on

COMPOSITION = '[data-kora="click_multi_value_measure_composition_select"]'
SHARE = "[class*='styles_measure__']"
# What each field shows, in the form of domain/attributes.py.
_VALUES = """
(root, {composition, share, prefix, joint}) => {
  const text = node => node.title || node.textContent.trim();
  const shareOf = line => {
    const {value} = line.querySelector('input');
    return `${line.querySelector('span').textContent.trim()} ${value && Number(value)}%`;
  };
  const shares = box => [...box.querySelectorAll(share)].map(shareOf);
  const shown = box => {
    if (box.querySelector(composition)) return shares(box).join(joint);
    const chosen = [...box.querySelectorAll(`.${prefix}-select-selection-item`)].map(text);
    if (box.querySelector(`.${prefix}-select`)) return chosen.join(joint);
    return box.querySelector('input')?.value ?? '';
  };
  const boxes = [...root.querySelectorAll('[attr-field-id]')];
  return Object.fromEntries(boxes.map(box => [box.getAttribute('attr-field-id'), shown(box)]));
}
"""


class CompositionSelect(MultiSelect):
    """材质成分: its panel stays open until something else is clicked; Escape leaves it open."""

    def __init__(self, root: Locator, prefix: str, name: str, elsewhere: Locator) -> None:
        super().__init__(root, prefix, name)
        self._elsewhere = elsewhere

    def _leave(self, timeout: float | None) -> None:
        click_on(self._elsewhere, timeout)


class Attributes:
    """The fields of 类目属性."""

    def __init__(self, root: Locator, site: SiteMap) -> None:
        self.root = root
        self.site = site
        self._prefix = site.prefixes.goods

    def field(self, label: str) -> Locator:
        """Find one attribute's box by its label."""
        return self.root.locator(f'[attr-field-id="{self.site.label(label)}"]')

    def fill(self, label: str, value: str) -> None:
        """Enter one attribute, whatever its kind.

        Raises:
            BusinessError: the category has no such attribute, or its list no such value.
        """
        box = self.field(label)
        if not box.count():
            raise BusinessError(
                f"the category has no attribute {label}", mend="Take it out of 类目属性"
            )
        kit = f".{self._prefix}"
        if box.locator(COMPOSITION).count():
            self._compose(box, label, value)
        elif box.locator(f"{kit}-tree-select").count():
            TreeSelect(box, self._prefix, label).choose(value)
        elif box.locator(f"{kit}-select-multiple").count():
            MultiSelect(box, self._prefix, label).choose_all(parts(value))
        elif box.locator(f"{kit}-select").count():
            Select(box, self._prefix, label).choose(value)
        elif box.locator(f"{kit}-picker").count():
            DatePicker(box, self._prefix).fill(value)
        else:
            TextInput(box, self._prefix).fill(value)

    def _compose(self, box: Locator, label: str, value: str) -> None:
        shares = dict(share(part) for part in parts(value))
        select = box.locator(COMPOSITION)
        elsewhere = box.locator("label").first
        kit = self.site.prefixes.newer
        CompositionSelect(select, kit, label, elsewhere).choose_all(list(shares))
        for name, percentage in shares.items():
            named = box.page.locator("span", has_text=exact(name))
            line = box.locator(SHARE).filter(has=named)
            NumberInput(line, self._prefix).fill(percentage)

    def values(self) -> dict[str, str]:
        """Read every attribute that holds something."""
        arguments = {
            "composition": COMPOSITION,
            "share": SHARE,
            "prefix": self._prefix,
            "joint": JOINT,
        }
        shown: dict[str, str] = self.root.evaluate(_VALUES, arguments)
        return {label: value for label, value in shown.items() if value}
