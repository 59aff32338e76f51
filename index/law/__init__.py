"""Documents of law: what texts state of them, what all texts tell together, and which rule applies on a day."""
