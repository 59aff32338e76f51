"""People in public office and public bodies, as articles state them."""
