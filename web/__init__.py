"""What server.py is made of: the open index, the problems it reports, the limits it keeps."""
