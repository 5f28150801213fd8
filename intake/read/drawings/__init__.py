"""Drawings that LibreOffice must draw: put on sheets of our own, and read back as pictures."""
