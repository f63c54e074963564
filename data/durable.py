"""What makes a file's new name survive a power cut."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Put the folder's names on disk; call it after a file in it was renamed or linked."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
