"""The line model as plain as it can be said, a character and a line at a time: what the fast one is held against."""
