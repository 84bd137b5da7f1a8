"""Closing the campaign: what is still open, with whom each case goes on, and the end itself."""
