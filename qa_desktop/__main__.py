"""The program's one entry: the window without arguments, a command with them, or a reading worker.

What it does first, before anything else is imported: it tells libraries not to call home, and closes the
network to this process and everything it starts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from qa_desktop import confine

WORKER = "--reading-worker"
SELF_CHECK = "--self-check"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    confine.silence_telemetry()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    confine.deny_network()
    # Each branch imports what it needs and nothing else: the window must be there within half a second.
    if given[:1] == [WORKER]:
        from qa_desktop.reading.isolation import worker  # noqa: PLC0415 -- see above

        return worker.main()
    if given[:1] == [SELF_CHECK]:
        from qa_desktop import selfcheck  # noqa: PLC0415 -- see above

        return selfcheck.main(given)
    if given:
        from qa_desktop.cli.main import run  # noqa: PLC0415 -- see above

        return run(given)
    from qa_desktop.app import run_window  # noqa: PLC0415 -- see above

    return run_window()


if __name__ == "__main__":
    sys.exit(main())
