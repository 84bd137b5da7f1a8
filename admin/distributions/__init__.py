"""Lists of who received what (分配结果公示): import, mask, check, release, take down."""
