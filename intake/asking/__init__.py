"""What every door asks for in a form, whether the writer fills it in or a clerk who listens."""
