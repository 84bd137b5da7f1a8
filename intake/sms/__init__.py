"""The text-message door: one adapter for each provider, one grammar, one set of answers."""
