"""Review: what an editor should look at in a conversion, as a page or as JSON, with lines that settle it."""
