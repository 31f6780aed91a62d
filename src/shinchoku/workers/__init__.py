"""Processes that read PDFs within bounds: `run` is where the command comes in, `server` and `child` are the
processes, which import nothing of the command's own side."""
