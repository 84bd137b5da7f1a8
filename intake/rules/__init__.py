"""Pure rules: the life of a case, its clocks, recusal, routing. They import the standard library
only, and each other."""
