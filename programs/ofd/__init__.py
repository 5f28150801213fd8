"""An OFD (GB/T 33190-2016) made of the pages of a PDF: characters at their places, fonts, lines and pictures
(docs/decisions/0137). Runs in a confined child (`programs.ofd_maker`)."""
