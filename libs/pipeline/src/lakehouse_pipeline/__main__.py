from __future__ import annotations

import atexit
import os
import sys

if sys.argv[1:] == ["receive-incidents"]:
    # A server of its own, which needs none of what the verbs bring along.
    from lakehouse_pipeline.incident_receiver.__main__ import main as receive

    receive()
    sys.exit()

from lakehouse_pipeline.warm.relay import relayed

code = relayed(sys.argv[1:])
if code is None:
    from lakehouse_pipeline.command_line import main

    code = main(sys.argv[1:])
# The threads of Delta's and Arrow's libraries may still run when their objects are destroyed at the end of the interpreter;
# then C++ ends the process with SIGABRT, after all work was done. So it ends here, when Python's own endings have run.
atexit._run_exitfuncs()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)
