"""Rows of data in, files out: one description of every table's columns makes Parquet, CSV, the Data
Package and more."""

REPORT_TABLES = ("cells", "blocks", "measures", "indicators", "goals", "marks", "origins", "problems")
PART_TABLES = ("observations", "records")
"""Tables of a report that, put together over all reports, are tables of the output itself."""
FOLDER_TABLES = (*REPORT_TABLES, *PART_TABLES)
"""What stands in the folder of each report."""
DATASET_TABLES = (*PART_TABLES, "reports")
HISTORY_TABLES = ("lineage", "series")
"""Tables over all reports that stand where the reports have been joined over the years."""
DIFF_TABLES = ("diff_rows", "diff_fields")
TABLES = (*REPORT_TABLES, *DATASET_TABLES, *HISTORY_TABLES, *DIFF_TABLES)
