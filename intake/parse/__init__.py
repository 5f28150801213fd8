"""Parsing: raw bytes to a `Message`, with salvage of what real mail programs write."""
