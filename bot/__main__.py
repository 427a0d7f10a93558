"""`python -m bot` is `langelis`."""

import sys

from bot.cli import main

sys.exit(main())
