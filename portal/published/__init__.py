"""What stands on the public site: copies the office put there, with no way back to a case."""
