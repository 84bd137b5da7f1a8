"""What staff write down for people (信访工作条例 19, 20): telephone, visit, letter."""
