"""Rules, cells and letters in; the rows and columns that the white between letters makes, or unmakes, out."""
