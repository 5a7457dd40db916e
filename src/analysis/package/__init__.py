"""Data in: cells, files, checks, and the data package as a whole."""
