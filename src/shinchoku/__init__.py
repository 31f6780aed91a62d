"""PDF progress reports of Japanese municipalities in, rows of data out."""

__version__ = "0.1.0"
