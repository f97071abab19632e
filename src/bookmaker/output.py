"""Writing a file so that nobody ever sees half of it."""

import os
import tempfile
from pathlib import Path


def write_beside(path: Path, data: bytes) -> None:
    """Write next to the place and rename, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name as long as a file may have leaves no room for more.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
