"""Decisions: what recognised, amended, replaced or revoked what, with the product lists they carry."""
