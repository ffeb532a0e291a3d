"""How trouble in the browser becomes one of our errors, with the facts it happened at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from domain.errors import Defect, ShopclerkError, TransientError

_GONE = ("has been closed", "Target closed", "crashed", "Connection closed", "net::ERR")


def from_playwright(error: PlaywrightError) -> ShopclerkError:
    """Map a browser error to ours, without its call log, which holds typed values."""
    first_line = _without_values(error.message)
    if isinstance(error, PlaywrightTimeout):
        return TransientError(f"the page did not get there in time: {first_line}")
    if any(sign in first_line for sign in _GONE):
        return TransientError(f"the page or the browser went away: {first_line}")
    if "strict mode violation" in first_line:
        return Defect(f"a locator meets more than one element: {first_line}")
    return Defect(f"the browser refused: {first_line}")


def _without_values(message: str) -> str:
    """Keep what was asked and which locator was waited for; later lines hold what was typed."""
    asked, _, log = message.partition("Call log:")
    awaited = re.search(r"waiting for (.+)", log)
    words = f"{asked} {awaited.group(0)}" if awaited else asked
    return re.sub(r"\s+", " ", words).strip()[:300]


@contextmanager
def at_step(**facts: str | int) -> Iterator[None]:
    """Attach step, key, page… to whatever escapes, and turn browser errors into ours."""
    try:
        yield
    except ShopclerkError as error:
        error.facts = {**facts, **error.facts}
        raise
    except PlaywrightError as error:
        mapped = from_playwright(error)
        mapped.facts = dict(facts)
        raise mapped from None
    except AssertionError as error:
        # What playwright's expect() raises; its later lines hold the values it saw.
        unmet = str(error).partition("\n")[0].strip()
        late = TransientError(f"the page did not get there: {unmet}")
        late.facts = dict(facts)
        raise late from None
