"""Asking other machines: which addresses may be asked, by what rules, how often."""
