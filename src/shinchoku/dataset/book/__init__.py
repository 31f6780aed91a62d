"""A report as a workbook for people who use a spreadsheet."""
