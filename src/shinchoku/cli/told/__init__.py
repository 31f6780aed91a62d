"""What commands print at their end, or of a row over the years."""
