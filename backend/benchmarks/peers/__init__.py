"""What this API is measured against; each is as its own documentation writes it."""
