"""Models written with the toolkit, against the same written by hand."""
