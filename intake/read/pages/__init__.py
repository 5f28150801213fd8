"""Reading PDF and OFD: `page` (characters at places), `pdf` and `ofd` (files to pages), `layout` (pages to text)."""
