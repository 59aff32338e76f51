"""Bytes -> characters, and lines told apart by their words: furniture, bylines, captions, dates, legal units."""
