"""The catalogue: the decisions and products of a generation in columns, to be filtered, counted, sorted and read."""
