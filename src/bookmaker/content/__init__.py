"""Reading: the editor's files become one `Manuscript`. The only rooms that read sources are here."""
