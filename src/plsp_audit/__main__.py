"""Run the command line as `python -m plsp_audit`."""

from __future__ import annotations

import sys

from plsp_audit.cli.start import main

if __name__ == "__main__":
    sys.exit(main())
