"""A data package as one workbook (.xlsx), for whoever keeps figures in Excel.

A workbook is another form of the same folder: `writing` makes one of a folder, `reading` lays one out as a folder of
CSV files again, so that all else in the project knows folders alone, and `marking` writes faults onto its cells.
"""

from analysis.package.workbook.layout import is_workbook
from analysis.package.workbook.marking import mark
from analysis.package.workbook.reading import Places, keep, text_of, unpack
from analysis.package.workbook.writing import write

__all__ = ["Places", "is_workbook", "keep", "mark", "text_of", "unpack", "write"]
