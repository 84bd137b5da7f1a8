"""What one campaign is made of: units, places, policies, problem types, responsibilities, clocks.
All of it is data; no code knows a campaign's name."""
