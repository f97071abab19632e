"""Script: a Manuscript in Simplified Chinese becomes the same Manuscript in Traditional Chinese."""
