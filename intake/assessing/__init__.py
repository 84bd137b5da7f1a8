"""What people of a drawn sample answer about subsidies (成效评估、问卷): the questions, and answers
that come by a slip with a code. Who was drawn, nobody here knows."""
