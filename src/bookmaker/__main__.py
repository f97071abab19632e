"""`python -m bookmaker` is the same command as `bookmaker`."""

from bookmaker.cli import main

main()
