"""Reading server logs: warnings and errors, and which are Odoo's own noise."""

import re

RECORD = re.compile(
    r"^(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+) \d+ "
    r"(?P<level>WARNING|ERROR|CRITICAL) \S+ (?P<logger>\S+): (?P<message>.*)$"
)
COLOUR = re.compile(r"\x1b\[[\d;]*m")
# What the database answered stands on the line below the query.
BAD_QUERY = "bad query: "
ANSWER = "ERROR: "

# Odoo's own noise: (logger, start of the message, why it is no fault of ours).
NOISE = (
    (
        "odoo.addons.rpc.controllers",
        r"The /xmlrpc, /xmlrpc/2 and /jsonrpc endpoints are deprecated",
        "XML-RPC is what many clients still speak, and our tests speak it too",
    ),
    (
        "odoo.addons.base.models.ir_actions_report",
        r"wkhtmltopdf: QSslSocket: cannot resolve",
        "the PDF engine looks for an older OpenSSL; what it prints needs no network",
    ),
)


def complaints(text):
    """Lines of a log at WARNING or above that are not Odoo's own noise.

    A query that failed is followed by what the database said about it.
    """
    lines = [COLOUR.sub("", line) for line in text.splitlines()]
    found = []
    for number, line in enumerate(lines):
        match = RECORD.match(line)
        if not match or is_noise(match["logger"], match["message"]):
            continue
        message = match["message"]
        if message.startswith(BAD_QUERY):
            below = lines[number + 1 : number + 2]
            message = " ".join([message, *(x for x in below if x.startswith(ANSWER))])
        found.append(f"{match['level']} {match['logger']}: {message}")
    return found


def is_noise(logger, message):
    """A record that stock Odoo logs without any addon of ours at fault."""
    return any(
        logger.startswith(name) and re.match(start, message)
        for name, start, _why in NOISE
    )
