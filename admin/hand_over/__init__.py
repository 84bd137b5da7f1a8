"""The sealed package: a case for a body that has no account here, carried there by hand."""
