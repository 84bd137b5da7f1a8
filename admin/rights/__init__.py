"""Requests about one's own information (个人信息权利请求) at the office: the list, making sure who
asks, deciding by one person or two, the record."""
