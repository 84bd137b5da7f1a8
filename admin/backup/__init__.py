"""Backup and restore: one file that is taken beside the running product, without a key, and that
nothing is put back from before all of it was checked."""
