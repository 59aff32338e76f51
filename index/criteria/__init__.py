"""Criteria sets: what a product is scored by, as decisions print it."""
