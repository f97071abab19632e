"""Times Bookmaker on a generated book, in turn with Typst and what else is installed: `python -m tools.bench --help`.

`generate.py` makes the book (`book.py`) out of the project's own sentences, `write_*.py` write it as a Bookmaker
project and in other programs' languages, `rounds.py` runs the programs in turn, `results.py` makes tables.
"""
