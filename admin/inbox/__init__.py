"""Texts that didn't come by the door: those that waited while the database was away, those that the
provider alone knows, and the pictures of all."""
