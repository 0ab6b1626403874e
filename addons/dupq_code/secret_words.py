"""Secrets that are given away and kept as a hash only: links, cookies, codes."""

import hashlib
import hmac
import secrets

CODE_DIGITS = 6


def new_token():
    """A secret that nobody guesses: 256 bits, fit for an address or a cookie.

    >>> len(new_token()) >= 43, new_token() != new_token()
    (True, True)
    """
    return secrets.token_urlsafe(32)


def new_code():
    """A short secret that a person can type.

    >>> len(new_code()), new_code().isdigit()
    (6, True)
    """
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def secret_hash(secret):
    """What is kept of a long secret.

    >>> secret_hash("a") == secret_hash("a"), secret_hash("a") == secret_hash("b")
    (True, False)
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def same_secret(one, other):
    """Whether two secrets are the same, in a time that does not tell how far.

    >>> same_secret("a", "a"), same_secret("a", "b"), same_secret("ü", "u")
    (True, False, False)
    """
    return hmac.compare_digest((one or "").encode(), (other or "").encode())


def clean_code(text):
    """The digits of a code, as people type it.

    >>> clean_code(" 123 456 "), clean_code(None)
    ('123456', '')
    """
    return "".join(sign for sign in text or "" if sign.isdigit())[: CODE_DIGITS * 2]
