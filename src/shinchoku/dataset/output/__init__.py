"""An output folder's way from one whole state to the next.

`staging` makes the step, `whole` says whether files are of one state, `keeping` leaves the rows of a report
whose PDF cannot be read again.
"""
