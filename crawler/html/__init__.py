"""HTML -> Draft: one parsed tree a page."""
