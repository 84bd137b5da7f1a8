"""The web door of intake: the form, the receipt, the progress page."""
