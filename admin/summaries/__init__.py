"""Summaries (阶段性总结、年度总结): collected from every unit and chased, put together from the
data, sent upward with their record (plan 五(三)); other reports to superiors (信息报送)."""
