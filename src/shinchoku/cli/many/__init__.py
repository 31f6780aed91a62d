"""The commands that make the reports of many PDFs on many machines."""
