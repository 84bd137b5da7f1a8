"""What the public sends: cases, their routing and recusal, the vault that seals them, the web and
text doors.

It may use `portal`, never `admin`.
"""
