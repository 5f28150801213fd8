"""Reading .docx: `package` (zip and parts), `reader` (the document), `numbering` (automatic labels), `unread` (the
rest)."""
