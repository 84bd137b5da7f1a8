"""The outside programs that tests start or call: databases, the browser, Node."""
