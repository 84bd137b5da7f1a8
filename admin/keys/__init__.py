"""Turning keys: a new one beside the former, everything sealed anew, the former retired; and what
the printed recovery key is for."""
