"""Own declarations and refunds (主动说明情况、退赔资金, plan 五(二)3): how many people and how
much, never who."""
