"""A PDF opened by pdfplumber in, its pages out: content streams read on pdfminer's fonts and objects."""
