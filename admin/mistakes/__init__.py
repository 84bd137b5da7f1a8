"""Mistakes on the site at the publishing desk: the queue, answering, making a case of what is
none."""
