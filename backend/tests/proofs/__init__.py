"""What must hold for any input, any order and any number at once.

Every run of the tests takes a short, always equal sample. `make proofs` takes the
long way (PROOFS=long), with new random choices each time.
"""
