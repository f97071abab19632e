"""Doubtful facts across one import: what an editor should look at before she believes the papers."""

from bookmaker.clippings.facts.doubts import Doubt, Kind, Spot
from bookmaker.clippings.facts.find import find_doubts

__all__ = ["Doubt", "Kind", "Spot", "find_doubts"]
