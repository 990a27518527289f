from __future__ import annotations

import atexit
import os
import sys

from lakehouse_pipeline.command_line import main

code = main(sys.argv[1:])
# The threads of Delta's and Arrow's libraries may still run when their objects are destroyed at the end of the interpreter;
# then C++ ends the process with SIGABRT, after all work was done. So it ends here, when Python's own endings have run.
atexit._run_exitfuncs()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)
