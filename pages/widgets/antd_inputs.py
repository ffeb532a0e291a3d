"""Ant Design's fields: text, numbers, ticks, dates, files, and what a form complains about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import BusinessError, TransientError
from pages.widgets.clicks import Patience, click_on
from pages.widgets.common import Widget, appear, enter, exact, gone, insist, settle, tick

UPLOAD_MS = 60_000
"""How long a batch of files may be on its way."""
QUIET_MS = 10_000
"""How long nothing may be on its way while something is still missing."""
UPLOADS = 3
"""How often a file is put: one upload may fail where the next is taken."""
# What was typed into a date's box and not taken over falls back some frames after it was left,
# and by tasks of the kit that a busy page puts off; when it idles, none is left.
_CALM = """
() => new Promise(calm => {
  let frames = 12;
  const next = () => frames-- ? requestAnimationFrame(next) :
    requestIdleCallback(() => calm(), {timeout: 1000});
  next();
})
"""


def field(root: Page | Locator, prefix: str, label: str) -> Locator:
    """Find a field's box by its label, or by the hook that repeats its label."""
    page = root if isinstance(root, Page) else root.page
    labels = page.locator(f".{prefix}-form-item-label > label", has_text=exact(label))
    by_label = root.locator(f".{prefix}-form-item").filter(has=labels).last
    return root.locator(f'[attr-field-id="{label}"]').or_(by_label).first


class FormErrors(Widget):
    """What a form or one of its fields complains about."""

    @property
    def shown(self) -> Locator:
        """The complaints; those that are just leaving no longer count."""
        return self.root.locator(
            f"{self._css('form-item-explain-error')}:not([class*='-leave'])",
        )

    def texts(self) -> tuple[str, ...]:
        """Read all complaints in the order of the fields."""
        return tuple(self.shown.all_inner_texts())


class TextInput(Widget):
    """One line or several of text."""

    @property
    def _box(self) -> Locator:
        return self.root.locator("input:visible, textarea:visible").first

    def fill(self, text: str) -> None:
        """Put this text in the place of what is there."""
        enter(self._box, text)
        self._box.blur()

    def value(self) -> str:
        """Read the text."""
        return self._box.input_value()


class NumberInput(TextInput):
    """A number, as text: the kit rounds, limits and formats it when it is left."""

    @property
    def _box(self) -> Locator:
        return self.root.locator(self._css("input-number-input")).first


class Switch(Widget):
    """On or off."""

    def turn(self, on: bool) -> None:
        """Turn it on or off."""
        wanted = self._page.locator(f'[aria-checked="{str(on).lower()}"]')

        def attempt(timeout: Patience) -> None:
            if self.value() != on:
                click_on(self._button, timeout)
            self._button.and_(wanted).wait_for(timeout=timeout)

        insist(attempt)

    def value(self) -> bool:
        """Tell whether it is on."""
        return self._button.get_attribute("aria-checked") == "true"

    @property
    def _button(self) -> Locator:
        return self.root.get_by_role("switch").first


class Checkboxes(Widget):
    """One box to tick or a group of them, by what stands beside each."""

    def choose_all(self, labels: Collection[str]) -> None:
        """Leave just these ticked; of boxes with the same label all or none."""
        for box in self._find("checkbox-wrapper").all():
            tick(box, box.locator("input"), box.inner_text().strip() in labels)

    def tick(self, label: str, on: bool = True) -> None:
        """Tick one box, or take its tick away."""
        box = self._find("checkbox-wrapper").filter(has_text=exact(label))
        tick(box, box.locator("input"), on)

    def values(self) -> tuple[str, ...]:
        """Read what stands beside the ticked boxes."""
        ticked = self._find("checkbox-wrapper").filter(has=self._page.locator("input:checked"))
        return tuple(text.strip() for text in ticked.all_inner_texts())


class Radio(Widget):
    """A group of radio buttons, round or drawn as buttons."""

    def choose(self, text: str) -> None:
        """Choose by the label's whole text."""
        label = self._find("radio-wrapper", "radio-button-wrapper").filter(has_text=exact(text))
        tick(label, label.locator("input"))

    def value(self) -> str:
        """Read the label of the one that is chosen."""
        chosen = self._find("radio-wrapper-checked", "radio-button-wrapper-checked")
        return chosen.inner_text().strip() if chosen.count() else ""


class DatePicker(Widget):
    """A date, or a date with a time, written as the field shows it."""

    def fill(self, *texts: str) -> None:
        """Type what it shall show and leave it; a range takes two texts."""

        def attempt(timeout: Patience) -> None:
            gone(self._panel, timeout)  # another one's may still be leaving
            try:
                self._type(texts, timeout)
                gone(self._panel, timeout)  # by itself, once all is taken over
            except (TookTooLong, TransientError):
                self._give_up(timeout)
                raise
            for at in range(len(texts)):
                self._boxes.nth(at).blur(timeout=timeout)
            self._page.evaluate(_CALM)

        insist(attempt, lambda: self._shown() == texts)

    def _type(self, texts: Sequence[str], timeout: Patience) -> None:
        """Type and confirm one box after the other, each in the open panel.

        A range begins with the box that is clicked. Focused without its panel it would take the
        next date for the one it asked for last, and send the focus there.
        """
        for at, text in enumerate(texts):
            box = self._boxes.nth(at)
            click_on(box, timeout)
            settle(self._panel, timeout)
            box.fill(text, timeout=timeout)
            box.press("Enter", timeout=timeout)

    def _give_up(self, timeout: Patience) -> None:
        """Close the panel, so that the kit forgets what it was asking for."""
        if self._panel.first.is_visible():
            self._boxes.first.press("Escape", timeout=timeout)
            gone(self._panel, timeout)

    def value(self) -> str:
        """Read the date, or the first of two."""
        return self._shown()[0]

    @property
    def _boxes(self) -> Locator:
        return self.root.locator("input")

    @property
    def _panel(self) -> Locator:
        return self._page.locator(f"{self._css('picker-dropdown')}:visible")

    def _shown(self) -> tuple[str, ...]:
        return tuple(self._boxes.evaluate_all("boxes => boxes.map(box => box.value)"))


class RangePicker(DatePicker):
    """From a date to a date."""

    def values(self) -> tuple[str, str]:
        """Read both dates."""
        begin, end = self._shown()
        return begin, end


class Upload(Widget):
    """A list of files with a hidden file input."""

    def __init__(self, root: Locator, prefix: str) -> None:
        super().__init__(root, prefix)
        self._items = self._find("upload-list-item")
        self._done = self._find("upload-list-item-done")
        self._failed = self._find("upload-list-item-error")
        self._busy = self._find("upload-list-item-uploading")
        self._before = 0
        self._files: Sequence[Path] = ()

    def put(self, files: Sequence[Path]) -> None:
        """Add files to those that are there and wait until the site has every one of them.

        Raises:
            BusinessError: the site did not take these files.
            TransientError: these files are not there, nor on their way.
        """
        self.begin(files)
        self.finish()

    def begin(self, files: Sequence[Path]) -> None:
        """Hand files over; while they are on their way other fields can be filled."""
        self._before = self._items.count()
        self._files = list(files)
        self._hand_over(self._files)

    def finish(self) -> None:
        """Wait until the site has every file that was handed over.

        What failed is put again together with all behind it: pictures keep the order given.

        Raises:
            BusinessError: the site did not take these files.
            TransientError: these files are not there, nor on their way.
        """
        for tries_left in reversed(range(UPLOADS)):
            self._arrive()
            refused = self._refused()
            if not refused:
                return
            if tries_left:
                self._cut(refused[0])
                self._hand_over(self._files[self._items.count() - self._before :])
        names = self._names(self._items)
        raise BusinessError(f"the site did not take {', '.join(names[at] for at in refused)}")

    def _hand_over(self, files: Sequence[Path]) -> None:
        self.root.locator("input[type=file]").first.set_input_files(list(files))

    def _arrive(self) -> None:
        """Wait until every file is taken or refused.

        A site may refuse one at once and show nothing of it, and a form that is drawn anew may lose
        all: then none is on its way.
        """
        if not self._files:
            return
        arrived = self._done.or_(self._failed)
        last = arrived.nth(self._before + len(self._files) - 1)
        for _ in range(UPLOAD_MS // QUIET_MS):
            with suppress(TookTooLong):
                appear(last, QUIET_MS)
                return
            if not self._busy.count() and not last.count():
                there = self._names(arrived)
                missing = [file.name for file in self._files if file.name not in there]
                raise TransientError(f"the site did not take {', '.join(missing) or 'every file'}")
        raise TookTooLong("files are still on their way")

    def _refused(self) -> list[int]:
        """Tell the places of those handed over that the site did not take."""
        mark = self._css("upload-list-item-error")
        failed = self._items.evaluate_all("(all, mark) => all.map(one => one.matches(mark))", mark)
        return [at for at, one in enumerate(failed) if one and at >= self._before]

    def _cut(self, first: int) -> None:
        """Take out this file and all behind it, the last one first."""
        for position in reversed(range(first, self._items.count())):
            self._take_out(self._items.nth(position), position)

    def count(self) -> int:
        """Count the files the site has; those on their way do not count."""
        gone(self._busy)
        return self._done.count()

    def values(self) -> tuple[str, ...]:
        """Read the names of the files the site has."""
        gone(self._busy)
        return self._names(self._done)

    def remove(self, name: str) -> None:
        """Take one file out of the list, whether the site has it or not."""
        named = self._page.locator(self._css("upload-list-item-name"), has_text=exact(name))
        self._take_out(self._items.filter(has=named).first, self._items.count() - 1)

    def _take_out(self, item: Locator, left: int) -> None:
        def attempt(timeout: Patience) -> None:
            if self._items.count() > left:
                item.hover(timeout=timeout)
                click_on(item.get_by_title("删除文件", exact=True), timeout)
                self._items.nth(left).wait_for(state="hidden", timeout=timeout)

        insist(attempt)

    def _names(self, items: Locator) -> tuple[str, ...]:
        names = items.locator(self._css("upload-list-item-name"))
        return tuple(names.evaluate_all("all => all.map(one => one.textContent.trim())"))
