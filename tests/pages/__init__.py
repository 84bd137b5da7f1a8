"""What is asked of every page that a test opens."""
