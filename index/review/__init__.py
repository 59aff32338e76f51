"""Review: what was read with doubt, and what people put right, each a record of its own."""
