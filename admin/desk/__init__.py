"""The departments' desk: queues, cases, and the moves of a case."""
