"""Rows of reports: small ones, right ones, and years of them; what is done with them."""
