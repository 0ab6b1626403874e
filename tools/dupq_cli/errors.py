"""What went wrong, said so that a person can mend it."""

import errno

FULL_DISK_WORDS = (
    "No space left on device",
    "You don't have enough free space",
    "Disk quota exceeded",
    "ENOSPC",
)


class Trouble(Exception):
    """One plain sentence that says what is wrong and how to mend it."""


def full_disk(folder):
    return Trouble(
        f"The disk that holds {folder} is full; free some space (about 3 GB are "
        "needed in all) and type the same command again, it goes on where it stopped."
    )


def is_full_disk(text):
    """Tell whether the output of a tool complains about a full disk."""
    return any(words in text for words in FULL_DISK_WORDS)


def plain(error, folder):
    """Return the Trouble that an OSError means, or None when it means nothing plain."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full_disk(folder)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(
            f"{error.filename or folder} cannot be written by this user; give it to "
            "yourself, or set XDG_CACHE_HOME and XDG_STATE_HOME to folders of yours."
        )
    return None
