"""The composer: its model alone, on ideal widths that need no font, and its joint to WeasyPrint."""
