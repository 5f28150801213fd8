"""Formats that LibreOffice converts to .docx first: .doc, .wps, .rtf, .odt, Word 2003 XML, UOF, web pages."""
