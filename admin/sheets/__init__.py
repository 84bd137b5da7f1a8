"""Spreadsheets that somebody uploaded, read for every room of the staff side."""
