"""How trouble in the browser becomes one of our errors, with the facts it happened at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from domain.errors import Defect, ShopclerkError, TransientError

_GONE = (
    "has been closed",
    "Target closed",
    "crashed",
    "Connection closed",
    "net::ERR",
    # The page went to another one, or drew itself anew, while something of it was read.
    "Execution context was destroyed",
    "No resource with given identifier",
    "rame was detached",
    "interrupted by another navigation",
    "not attached to the DOM",
)


def from_playwright(error: PlaywrightError) -> ShopclerkError:
    """Map a browser error to ours, without the values that its message may hold."""
    words = _without_values(error.message)
    if isinstance(error, PlaywrightTimeout):
        return TransientError(f"the page did not get there in time: {words}")
    if any(sign in words for sign in _GONE):
        return TransientError(f"the page or the browser went away: {words}")
    if "strict mode violation" in words:
        return Defect(f"a locator meets more than one element: {words}")
    return Defect(f"the browser refused: {words}")


def _without_values(message: str) -> str:
    """Keep what was asked and which locator was waited for.

    The call log holds what was typed, a strict mode violation lists the elements with their
    values, an unmet expectation quotes both.
    """
    asked, _, log = message.partition("Call log:")
    asked = re.sub(r"(resolved to \d+ elements).*", r"\1", asked, flags=re.DOTALL)
    asked = re.sub(r"(Locator expected \D*?)['\"].*", r"\1…", asked, flags=re.DOTALL)
    awaited = re.search(r"waiting for (.+)", log)
    words = f"{asked} {awaited.group(0)}" if awaited else asked
    return re.sub(r"\s+", " ", words).strip()[:300]


def _from_expectation(error: AssertionError) -> ShopclerkError:
    """Map what Playwright's ``expect`` raises."""
    words = _without_values(str(error))
    if "strict mode violation" in words:
        return Defect(f"a locator meets more than one element: {words}")
    return TransientError(f"the page did not get there: {words}")


@contextmanager
def at_step(**facts: str | int) -> Iterator[None]:
    """Attach step, key, page… to whatever escapes, and turn browser errors into ours."""
    try:
        yield
    except ShopclerkError as error:
        error.facts = {**facts, **error.facts}
        raise
    except (PlaywrightError, AssertionError) as error:
        if isinstance(error, PlaywrightError):
            mapped = from_playwright(error)
        else:
            mapped = _from_expectation(error)
        mapped.facts = dict(facts)
        raise mapped from None
