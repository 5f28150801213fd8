"""Reading PDF and OFD: `pdf` and `ofd` make pages of files, `layout` makes paragraphs of pages (`page`)."""
