"""Chinese line composition for WeasyPrint: what its own justification leaves ragged."""
