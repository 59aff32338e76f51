"""A small portal of our own writing that the crawler really crawls, and the conductor of `make run`."""
