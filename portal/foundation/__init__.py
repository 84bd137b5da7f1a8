"""The ground: settings, clock, database, limits, headers, errors. It knows no subsidy and no
case."""
