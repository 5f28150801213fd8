"""Answers by mail: editors decide about a draft, approvers approve it, by answering the letter that brought it."""
