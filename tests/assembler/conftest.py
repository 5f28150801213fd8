"""Fixtures shared by the assembler's tests."""

from __future__ import annotations

from tests.support.libreoffice import to_pdf as to_pdf
