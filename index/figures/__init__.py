"""Counts that articles state, every field with the words it was read from."""
