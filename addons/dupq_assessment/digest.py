"""The seal of a publication: plain Python, no ORM.

Each block has a salted hash; the seal of the publication is the hash over the
hashes of its blocks in their order. A block can later be emptied (its words and
its salt erased) and the seal still holds, because the hash of the block stays.
"""

import hashlib
import json


def block_hash(salt, content):
    """The salted hash of what a block says.

    Two contents that are equal have one hash, whatever the order of their keys.

    >>> block_hash("salt", {"a": 1, "b": "é"}) == block_hash("salt", {"b": "é", "a": 1})
    True
    >>> block_hash("salt", {"a": 1}) == block_hash("pepper", {"a": 1})
    False
    """
    canonical = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(f"{salt}\n{canonical}".encode()).hexdigest()


def seal(hashes):
    """The hash over the hashes of the blocks, in their order.

    >>> seal(["a", "b"]) == seal(["b", "a"])
    False
    """
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
