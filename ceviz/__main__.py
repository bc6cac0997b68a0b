"""`python -m ceviz`."""

import sys

from ceviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
