"""The nouns of a case: the case itself, its words, its accusations, its assignments, its events,
its receipt."""
