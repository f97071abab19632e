"""What one writing leaves to the next."""

from __future__ import annotations

from dataclasses import replace

from bookmaker.makeup.faces import Face
from bookmaker.makeup.file import write_book
from bookmaker.makeup.kept import Kept
from tests.makeup.runs import Maker, bound


def made_in(kept: Kept, parts: tuple[bytes, ...]) -> list[bytes]:
    made: list[bytes] = []
    for part in parts:
        kept.made((part,), lambda part=part: made.append(part) or part)  # type: ignore[misc]
    return made


def test_what_was_made_before_is_not_made_again() -> None:
    kept = Kept()
    kept.begin()
    assert made_in(kept, (b"a", b"b", b"a")) == [b"a", b"b"]
    kept.begin()
    assert made_in(kept, (b"b", b"c")) == [b"c"]


def test_what_a_writing_did_not_ask_for_goes() -> None:
    kept = Kept()
    for parts in ((b"a", b"b"), (b"b",)):
        kept.begin()
        made_in(kept, parts)
    kept.begin()
    assert made_in(kept, (b"a", b"b")) == [b"a"]


def test_parts_are_told_apart_by_where_they_end() -> None:
    kept = Kept()
    kept.begin()
    assert kept.packed(b"ab", b"c") is kept.packed(b"ab", b"c")
    assert kept.packed(b"ab", b"c") is not kept.packed(b"a", b"bc")


def test_after_an_edit_the_file_is_the_same_as_if_it_were_made_anew(faces: list[Face]) -> None:
    books = []
    for text in ("甲乙丙", "甲丁丙"):
        runs = []
        for words in ("不变", text):
            maker = Maker(faces).sheet()
            maker.line(maker.put("P"), words, 300)
            runs.append(maker.run())
        books.append(bound(*runs))
    kept = Kept()
    assert write_book(books[0], faces, kept) != write_book(books[1], faces, kept)
    assert write_book(books[0], faces, kept) == write_book(books[0], faces)
    moved = replace(books[1], heads=(b"", b"", b""))
    assert write_book(moved, faces, kept) == write_book(moved, faces)
