"""Provinces and districts before and after 1 July 2025, and finding them in texts and questions."""
