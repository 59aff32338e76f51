"""Pages of records, drawn on the server: counts, law, the scorecard, decisions, products, what is to be reviewed."""
