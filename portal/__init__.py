"""What the public reads, and the ground (`portal.foundation`) that every other part stands on.

The portal imports neither `intake` nor `admin`: a public page can't reach a tip-off, by import
graph.
"""
