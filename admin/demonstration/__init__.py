"""What a demonstration shows: sample people, cases, lists, and a whole half-year of the campaign,
played through the same acts as the pages."""
