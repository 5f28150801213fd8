"""What .docx and OFD have in common: a zip of XML parts, opened and parsed within limits."""
