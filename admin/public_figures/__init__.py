"""The public figures (数字公开): a month counted, small numbers hidden, read by a second person."""
