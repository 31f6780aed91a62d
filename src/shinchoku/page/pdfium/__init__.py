"""A PDF opened by PDFium in, its pages out: its page objects walked, its characters asked for."""
