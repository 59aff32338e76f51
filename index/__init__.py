"""The archive -> a searchable index: passages, vectors, words, and the records that filter them."""
