"""The rows of two reports in; which row of one is which of the other out."""
