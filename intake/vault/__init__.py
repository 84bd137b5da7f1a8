"""Every key, every seal and every opening. The only room that knows the cryptographic library."""
