"""Check public legal service platforms against their province's construction standards."""

__version__ = "0.1.0"
