"""Over results: what is to be done about them. Pure."""
