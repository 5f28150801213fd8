"""Reading: the bytes of a manuscript become paragraphs with looks, and those become a `Manuscript`.

`formats` finds the reader by the bytes: `docx/`, `pages/` (PDF, OFD) or `legacy/` (what LibreOffice converts first);
`pasted/` reads an article from the text of a letter. All give a `SourceDocument` (`source`), which `structure/` turns
into a `Manuscript`. `pictures/` and `drawings/` make pictures that print.
"""
