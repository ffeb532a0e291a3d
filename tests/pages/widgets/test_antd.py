"""Each widget on Ant Design 5 and 6: what the page object reads is what the component holds."""

from __future__ import annotations

import pytest

from tests.pages.widgets.cases import CASES
from tests.pages.widgets.gallery import Gallery


@pytest.mark.parametrize("name", CASES)
def test_widget(gallery: Gallery, name: str) -> None:
    try:
        for round_ in range(1, CASES[name].rounds + 1):
            CASES[name].run(gallery, round_)
    except BaseException:
        gallery.load(latency=60)  # what is half done must not fail the next test too
        raise
