"""WeasyPrint, shut in: what draws covers and drawings, and prints the sections that the page maker does not."""
