"""PDF, DOCX, DOC, scans and zips of them -> Draft."""
