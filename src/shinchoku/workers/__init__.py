"""Processes that read PDFs within bounds: `run` is where the command comes in.

The `pool` hands out work and holds the processes, which import nothing of the command's own side. `opening`
opens a file, mended if need be, and reads its pages. The `cache` keeps what was made of them. `answers`,
`codec` and `wire` are what these say to each other.
"""
