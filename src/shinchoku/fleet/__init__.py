"""Folders of PDFs, here or on an object store, in; the files of every report, made by many machines, out.

`store` reads and writes both ends, `plan` says what there is to do, `work` is what a machine does with one
PDF, `drive` hands the work to Ray and takes back how it went, `gather` makes an ordinary folder of it all.
"""
