"""Files that people send: what they are by their content, and the child that makes them clean.

Nothing here keeps a file. Photographs, PDF and office documents are made anew from what can be seen
in them, by one child process at a time that can reach nothing; recordings stay as they came.
"""
