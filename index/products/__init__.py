"""Products across decisions: one record each, its star now, its history, and when its certificate ends."""
