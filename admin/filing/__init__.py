"""Filing (归档): a case that is over becomes one sealed package, which is kept elsewhere."""
