"""What entries have in common that are corrected by new versions and withdrawn with a reason:
declarations, issued rules, the record of publicity."""
