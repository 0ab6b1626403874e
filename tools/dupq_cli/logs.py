"""Reading server logs: warnings and errors, and which are Odoo's own noise."""

import re

RECORD = re.compile(
    r"^(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+) \d+ "
    r"(?P<level>WARNING|ERROR|CRITICAL) \S+ (?P<logger>\S+): (?P<message>.*)$"
)
COLOUR = re.compile(r"\x1b\[[\d;]*m")

# Odoo's own noise: (logger, start of the message, why it is no fault of ours).
NOISE = (
    (
        "odoo.addons.rpc.controllers",
        r"The /xmlrpc, /xmlrpc/2 and /jsonrpc endpoints are deprecated",
        "XML-RPC is what many clients still speak, and our tests speak it too",
    ),
)


def complaints(text):
    """Lines of a log at WARNING or above that are not Odoo's own noise."""
    matches = (RECORD.match(COLOUR.sub("", line)) for line in text.splitlines())
    return [
        f"{m['level']} {m['logger']}: {m['message']}"
        for m in matches
        if m and not is_noise(m["logger"], m["message"])
    ]


def is_noise(logger, message):
    """A record that stock Odoo logs without any addon of ours at fault."""
    return any(
        logger.startswith(name) and re.match(start, message)
        for name, start, _why in NOISE
    )
