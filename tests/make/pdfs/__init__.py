"""PDFs written byte by byte, or drawn with reportlab."""
