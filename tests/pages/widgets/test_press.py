"""A click that must be heard once: never lost to a notice, never made twice."""

from __future__ import annotations

import pytest

from pages.widgets.clicks import press
from tests.pages.widgets.gallery import Gallery

HEARD = {
    "a notice comes while the mouse is down": """button.addEventListener('mousedown', () => {
        const notice = document.body.appendChild(document.createElement('div'));
        notice.style = 'position: fixed; inset: 0; z-index: 9999';
        setTimeout(() => notice.remove(), 300);
    }, {once: true})""",
    "it leaves when it is clicked": "button.addEventListener('click', () => button.remove())",
    "it is drawn anew when the mouse goes down": """button.addEventListener('mousedown', () => {
        const fresh = button.cloneNode(true);
        fresh.onclick = button.onclick;
        button.replaceWith(fresh);
        fresh.click();
    })""",
    "its inner text moves under the mouse": """button.innerHTML = '<span>按我</span>';
        button.style = 'width: 200px; height: 60px';
        button.addEventListener('mousedown', () => button.style.paddingLeft = '120px')""",
    "the site keeps the click to itself": """addEventListener('click', event => {
        event.stopImmediatePropagation();
        hear();
    }, true)""",
    "its first line is empty": """button.style = 'display: inline';
        button.insertAdjacentHTML('afterbegin', '<br>')""",
    "it is not enabled yet": """button.ariaDisabled = 'true';
        button.onclick = () => button.ariaDisabled === 'true' || hear();
        setTimeout(() => button.ariaDisabled = 'false', 300)""",
    "the page goes elsewhere": "button.addEventListener('click', () => location.reload())",
}


@pytest.mark.parametrize("case", HEARD)
def test_a_press_is_heard_once_whatever_comes_between(gallery: Gallery, case: str) -> None:
    heard: list[str] = []
    with gallery.page.context.new_page() as page:
        page.expose_function("hear", lambda: heard.append("yes"))
        page.set_content("<button>按我</button>")
        page.evaluate(
            f"() => {{ const button = document.querySelector('button'); "
            f"button.onclick = () => hear(); {HEARD[case]}; }}"
        )
        press(page.get_by_text("按我"))
        page.wait_for_timeout(400)
    assert heard == ["yes"]
