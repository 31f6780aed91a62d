"""Rows of data in, files out: one description of every table's columns makes Parquet, CSV, the Data
Package and more."""
