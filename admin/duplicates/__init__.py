"""Duplicates (重复件、并案、联名): cases that may belong together, side by side; linking them,
handling them together, and answering a repeat as it was answered before."""
