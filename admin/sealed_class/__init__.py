"""The sealed class (密件): its founding, its readers, and unlocking it for a quarter of an hour."""
