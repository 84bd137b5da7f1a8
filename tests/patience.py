"""How long tests wait for what has to come: longer than it takes on a machine that is busy, so that
only what never comes is given up. Nothing waits longer than it must."""

PATIENCE = 180.0  # Seconds.
