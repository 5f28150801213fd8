"""The next issue: planned, previewed, made as a draft, signed off, discarded."""
