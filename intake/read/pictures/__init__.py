"""Preparing pictures for print: the format, size, crop and orientation that print needs, and no metadata."""
