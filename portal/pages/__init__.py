"""The doors of the public site: what a citizen reads, without an account and without JavaScript."""
