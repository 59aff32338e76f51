"""The web -> the archive: fetching pages politely and reading each one as an Article."""
