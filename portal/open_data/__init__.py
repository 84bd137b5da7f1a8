"""What anybody may take away as data: the same that the public pages show, and nothing else."""
