"""A report and its PDF in; a page in the browser on which people compare the two, correct and sign, out."""
