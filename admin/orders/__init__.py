"""Orders (来单): what audit, superiors, the press, 12345 and 阳光信访 send, and answering them."""
