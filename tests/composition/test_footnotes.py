"""Notes stay on the page they are called on, wherever that page ends."""

from __future__ import annotations

import pytest

from tests.composition.printing import LONG, Printed


@pytest.mark.parametrize("filler", range(14, 24))
def test_a_note_is_on_the_page_of_its_call(printed: Printed, filler: int) -> None:
    """Page ends at every line of the long paragraph that follows; stock WeasyPrint loses the note on one."""
    lines = "".join(f"<p>行{number}</p>" for number in range(filler))
    body = f'<p>桥墩共有九个。<span class="note">注文在此</span></p>{lines}<p>{"江上的大桥正式通车。" * 12}</p>'
    first, *_ = printed(body, ".note { font-size: 8px }").texts
    assert "桥墩共有九个" in first
    assert "注文在此" in first


@pytest.mark.parametrize("at", range(374, 422, 6))
def test_a_line_goes_with_its_note(printed: Printed, at: int) -> None:
    """With the policy of the layout, a call in a page's last lines takes its line along where the note has no room."""
    text = LONG * 6
    body = f'<p>{text[:at]}钟鼓楼<span class="note">{"注文" * 30}</span>{text[at:]}</p>'
    book = printed(body, ".note { footnote-policy: line }")
    (call,) = (number for number, page in enumerate(book.texts) if "楼" in page)
    assert "注文" in book.texts[call]
