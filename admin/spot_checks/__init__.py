"""Spot checks (重点抽查, plans 五(二)2): drawn in public, checked by teams, followed to the end."""
