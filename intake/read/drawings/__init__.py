"""Drawings that only LibreOffice can draw: sheets for it, and the pictures of the PDFs that it makes of them."""
