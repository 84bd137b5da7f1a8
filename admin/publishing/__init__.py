"""The publishing desk: draft, leak check, second reader, release."""
