"""The annexes (附件1 问题统计表、附件2 问题情况汇总表): the ledger as the two forms of the plan,
for any time, unit and department, in the office's own columns."""
