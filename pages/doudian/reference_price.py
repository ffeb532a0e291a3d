"""参考价 in the product form: its kind, the price, and the picture that proves it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator

from domain.listing import ListedReference, Reference
from domain.site import SiteMap
from pages.widgets.antd import Select, Upload


class ReferencePrice:
    """The field 参考价; it may be absent or left empty."""

    def __init__(self, root: Locator, site: SiteMap) -> None:
        self.root = root
        self._prefix = site.prefixes.goods
        self._price = root.get_by_placeholder(site.label("参考价"), exact=True)

    def fill(self, reference: Reference, proof: Path) -> None:
        """Choose the kind, type the price, upload its proof."""
        Select(self.root, self._prefix, "参考价类型").choose(reference.kind)
        self._price.fill(f"{reference.price:.2f}")
        self._price.blur()
        Upload(self.root, self._prefix).put([proof])

    def read(self) -> ListedReference | None:
        """Read what stands there; nothing where there is no price."""
        price = self._price.input_value() if self._price.count() else ""
        if not price:
            return None
        return ListedReference(
            kind=Select(self.root, self._prefix).value(),
            price=price.replace(",", ""),
            proofs=Upload(self.root, self._prefix).count(),
        )
