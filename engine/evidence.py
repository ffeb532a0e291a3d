"""What a run leaves for people: masked pictures, receipts, events, a manifest.

In the path only a jpeg is taken; webp and thumbnails are made off it (facts: jpeg q80 57 ms, webp
q80 120 ms for one viewport).
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loguru import logger
from PIL import Image
from pydantic import JsonValue

from domain.redact import redact, redact_all
from engine.plan import PlannedWrite
from engine.runs import ItemResult
from engine.screen import Screen

if TYPE_CHECKING:
    from loguru import Record

PICTURE_WIDTH = 1024
"""Pixels; the smallest print of a page of 1366 can still be read, at half the bytes."""
THUMBNAIL_WIDTH = 320
PLANNED = "planned.json"
BEFORE = "-before"
"""How the name of a picture ends that was taken before a click."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]+$')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|(com|lpt)[\d¹²³])(\..*)?$")
_LONGEST_NAME = 120
"""Bytes; every file system takes 255, and what we add must fit too."""


def file_name(key: str) -> str:
    """Make a business key a file name on every system; keys that differ stay apart.

    Windows and macOS take P-1 and p-1 for one name, so what has small letters gets a mark too.
    """
    safe = _FORBIDDEN.sub("_", key).encode()[:_LONGEST_NAME].decode(errors="ignore")
    if safe == key == key.upper() and not _RESERVED.match(key):
        return key
    return f"{safe}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


# A bar that sticks to the window's edge would hide a part of a picture of the whole page. And one
# of more than the window takes three times as long: a last twentieth below its edge is let go.
_MARK_STICKY = """
() => {
  const page = document.documentElement;
  if (page.scrollHeight <= innerHeight * 1.05 && !scrollY) return false;
  document.querySelectorAll('body *').forEach(element => {
    if (getComputedStyle(element).position === 'sticky') element.dataset.sticky = '';
  });
  return true;
}
"""


# What the accessibility tree leaves out for a moment; each element gets back what it had.
_COVER = """
elements => elements.filter(one => !('covered' in one.dataset)).forEach(one => {
  one.dataset.covered = one.getAttribute('aria-hidden') ?? '';
  one.setAttribute('aria-hidden', 'true');
})
"""
_UNCOVER = """
elements => elements.filter(one => 'covered' in one.dataset).forEach(one => {
  if (one.dataset.covered) one.setAttribute('aria-hidden', one.dataset.covered);
  else one.removeAttribute('aria-hidden');
  delete one.dataset.covered;
})
"""


def _uncovered_text(screen: Screen) -> str:
    """Give the text of a screen's own part without what its pictures cover."""
    covered = list(screen.sensitive)
    try:
        for region in covered:
            region.evaluate_all(_COVER)
        return screen.content.aria_snapshot()
    finally:
        for region in covered:
            region.evaluate_all(_UNCOVER)


class ItemEvidence:
    """The folder of one item: ``01-product.create-before.webp`` …, ``page.yaml``, its receipt."""

    def __init__(self, folder: Path, worker: ThreadPoolExecutor) -> None:
        self.folder = folder
        self._worker = worker
        self._pending: list[Future[None]] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._count = len(list(folder.glob("*-*.webp")))

    def picture(self, screen: Screen, name: str) -> None:
        """Keep the whole page as a picture, personal data masked in the pixels, and its text.

        Not the text of a form that is only filled: the page that follows takes its place.
        """
        longer = bool(screen.page.evaluate(_MARK_STICKY))
        image = screen.page.screenshot(
            type="jpeg",
            quality=80,
            full_page=longer,
            animations="disabled",
            mask=list(screen.sensitive),
            mask_color="#8a919f",
            style="[data-sticky] { position: static !important; }",
        )
        self._count += 1
        target = self.folder / f"{self._count:02}-{name}.webp"
        self._pending.append(self._worker.submit(_keep_picture, image, target))
        if not name.endswith(BEFORE) and screen.content.count():
            text = redact(_uncovered_text(screen))
            (self.folder / "page.yaml").write_text(text, encoding="utf-8")

    def receipt(self, key: str, result: ItemResult) -> None:
        """Write the item's outcome and what proves it."""
        content = {"key": key, **result.model_dump(mode="json", exclude={"stops_shop"})}
        text = json.dumps(redact_all(content), ensure_ascii=False, indent=2)
        (self.folder / "receipt.json").write_text(text + "\n", encoding="utf-8")

    def planned(self, write: PlannedWrite) -> None:
        """Keep a write that a dry run would make; planned again, the later look counts."""
        same = (write.verb, write.key)
        known = [one for one in planned_writes(self.folder) if (one.verb, one.key) != same]
        content = [one.model_dump(mode="json") for one in (*known, write)]
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (self.folder / PLANNED).write_text(text + "\n", encoding="utf-8")

    def settle(self) -> None:
        """Wait until every picture of this item is on disk."""
        for kept in self._pending:
            kept.result()
        self._pending.clear()


def planned_writes(folder: Path) -> tuple[PlannedWrite, ...]:
    """Read what a dry run would do to one item."""
    file = folder / PLANNED
    content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return tuple(PlannedWrite.model_validate(one) for one in content)


def _keep_picture(image: bytes, target: Path) -> None:
    with Image.open(io.BytesIO(image)) as picture:
        kept = _narrowed(picture, PICTURE_WIDTH)
    # The quickest method but two: the best takes three times as long for a tenth fewer bytes.
    kept.save(target, "WEBP", quality=50, method=2)
    thumbnails = target.parent / "thumbnails"
    thumbnails.mkdir(exist_ok=True)
    small = _narrowed(kept, THUMBNAIL_WIDTH)
    small.save(thumbnails / target.name, "WEBP", quality=50, method=2)


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    width = min(width, picture.width)
    height = max(round(picture.height * width / picture.width), 1)
    return picture.resize((width, height), reducing_gap=2.0)


class RunEvidence:
    """The folder of one run, and its event log while the run is open in this process."""

    def __init__(self, folder: Path, run_id: str, zone: ZoneInfo) -> None:
        self.folder = folder
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="evidence")
        self._zone = zone
        folder.mkdir(parents=True, exist_ok=True)
        self._sink = logger.add(
            folder / "events.jsonl",
            format=self._line,
            filter=lambda record: record["extra"].get("run") == run_id,
            level="DEBUG",
            encoding="utf-8",
            diagnose=False,
            backtrace=False,
            catch=False,
        )

    def item(self, key: str) -> ItemEvidence:
        """Give the folder of one item."""
        return ItemEvidence(self.folder / "items" / file_name(key), self._worker)

    def close(self) -> None:
        """Finish pictures and the event log."""
        self._worker.shutdown()
        logger.remove(self._sink)

    def _line(self, record: Record) -> str:
        event = {
            "at": record["time"].astimezone(self._zone).isoformat(timespec="milliseconds"),
            "level": record["level"].name,
            **{name: value for name, value in record["extra"].items() if name != "run"},
            "message": record["message"],
        }
        # loguru formats what it is given once more, so the line travels as an extra field.
        record["extra"]["line"] = json.dumps(redact_all(event), ensure_ascii=False)
        return "{extra[line]}\n"


def write_manifest(folder: Path, chain: dict[str, JsonValue] | None = None) -> None:
    """Write the sha256 of every file of a run, so that its evidence can be trusted later.

    ``chain`` ties it to the run before it, see ``engine/chain.py``.
    """
    manifest = folder / "manifest.json"
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f != manifest)
    sums = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }
    content = {"sha256": sums} | ({"chain": chain} if chain else {})
    text = json.dumps(content, ensure_ascii=False, indent=2)
    manifest.write_text(text + "\n", encoding="utf-8")
