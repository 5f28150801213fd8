"""Checking: what a proofreader would mark, each finding at its place."""
