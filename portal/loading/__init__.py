"""Loading a campaign folder into the database: reading its files, checking everything, storing
what differs."""
