"""How a value appears in the output of several commands: as JSON rows (design.md 5.3) and as a table for a terminal."""
