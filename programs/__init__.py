"""Other programs that several rooms use, each under limits: LibreOffice, PDFium, child processes."""
