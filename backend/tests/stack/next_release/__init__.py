"""What a next release may bring: migrations as docs/adr/0050 allows them."""
