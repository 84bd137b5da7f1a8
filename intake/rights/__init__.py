"""What a person asks about his own information (个人信息权利请求): taking it in, its date, its
texts, its answer for whoever holds the code, and what goes on as a case."""
