"""What is printed as a page's number."""

from __future__ import annotations

from bookmaker.makeup.book import Labels
from bookmaker.makeup.folios import folios_of


def test_front_matter_is_counted_in_roman_figures_and_the_body_anew() -> None:
    found = folios_of((Labels(0, "D", "C"), Labels(1, "r"), Labels(15, "D")), 18)
    assert " ".join(found) == "C1 i ii iii iv v vi vii viii ix x xi xii xiii xiv 1 2 3"


def test_a_range_without_a_style_has_its_prefix_alone_and_pages_before_the_first_nothing() -> None:
    assert folios_of((Labels(1, "", "A"),), 3) == ("", "A", "A")


def test_a_range_that_begins_behind_the_last_page_says_nothing() -> None:
    assert folios_of((Labels(0, "D"), Labels(9, "r")), 2) == ("1", "2")
