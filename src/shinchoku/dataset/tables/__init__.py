"""Rows of a table in, checked columns, Arrow and its files out, and back."""
