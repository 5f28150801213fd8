"""Classifying: which parts of a letter are manuscripts, and of which department; or why it is no submission."""
