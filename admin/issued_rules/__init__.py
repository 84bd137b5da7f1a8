"""Rules issued, changed or repealed (修订完善政策制度、长效机制, plan 二(二), 五(二)4), with the
problems and policies that they answer."""
