from __future__ import annotations

import sys

from lakehouse_pipeline.command_line import main

sys.exit(main(sys.argv[1:]))
