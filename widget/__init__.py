"""What people see: the page at /, the article reader and the API's own page."""
