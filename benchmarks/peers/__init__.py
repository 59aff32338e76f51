"""Retrieval speed of this project's store beside the stores a user would install, over the same vectors and terms."""
