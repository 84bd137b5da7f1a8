"""Monthly returns (月报、零报送): what a unit says it found and put right, frozen when handed in
(plan 五(二)1, 2)."""
