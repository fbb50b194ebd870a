"""From inspection files to results: one site, a few, or many."""
