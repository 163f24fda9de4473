"""`make bench`: this API beside its peers, on one machine, in one run."""
