"""A question -> an Answer whose every sentence is cited."""
