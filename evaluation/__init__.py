"""How well it works: questions with answers, public test sets, metrics."""
