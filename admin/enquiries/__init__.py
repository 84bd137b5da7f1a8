"""What somebody asks the office beside cases and is answered by his code (网站找错、个人信息请求),
as far as both sorts go the same way: reminding of them, and finding what nobody may read."""
