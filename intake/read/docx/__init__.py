"""Reading .docx: `gate` (limits), `package` (zip, parts), `numbering` (automatic labels), `reader` (the walk)."""
