"""The trade's figures: how units keep their dates, what they return, and what reporters say."""
