"""Assessments of effect (成效评估): recipients who never complained are drawn by the rows of lists
that others keep, asked on paper, by telephone or by a slip, and counted with their margins."""
