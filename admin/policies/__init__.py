"""The policy list in the office's hands: changes by form or spreadsheet, read by a second person,
and policies that were looked at and found unchanged."""
