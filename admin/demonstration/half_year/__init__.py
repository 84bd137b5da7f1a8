"""A half-year of the loaded campaign, played by invented people through the acts of the pages, on
the days of its own calendar."""
