"""A comparison of two reports in; what people read of it, on a page or in a terminal, out."""
