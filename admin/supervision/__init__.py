"""Special supervision (专项督办): what the office demands of a unit by a date, and follows until it
is done."""
