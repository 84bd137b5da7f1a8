"""Search over everything published. One module a kind of thing; each finds, and says it alike."""
