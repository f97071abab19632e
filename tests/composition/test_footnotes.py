"""Notes stay on the page they are called on, wherever that page ends."""

from __future__ import annotations

import pytest

from tests.composition.printing import Printed


@pytest.mark.parametrize("filler", range(14, 24))
def test_a_note_is_on_the_page_of_its_call(printed: Printed, filler: int) -> None:
    """Page ends at every line of the long paragraph that follows; stock WeasyPrint loses the note on one."""
    lines = "".join(f"<p>行{number}</p>" for number in range(filler))
    body = f'<p>桥墩共有九个。<span class="note">注文在此</span></p>{lines}<p>{"江上的大桥正式通车。" * 12}</p>'
    first, *_ = printed(body, ".note { font-size: 8px }").texts
    assert "桥墩共有九个" in first
    assert "注文在此" in first
