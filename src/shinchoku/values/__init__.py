"""The text of a fiscal-year cell in; typed quantities, observations and consistency checks out."""
