"""A person who calls the server by a client, and what counts as a refusal."""

import xmlrpc.client

import pytest
from harness.clients import Json2Error

# How Odoo says no: not an error of the call itself.
REFUSALS = ("odoo.exceptions.", "werkzeug.exceptions.Forbidden")
FAULTS = {2, 3, 4}


class Caller:
    """One person, calling by XML-RPC or by JSON-2 with the same words."""

    def __init__(self, server, protocol, login):
        self.json2 = protocol == "json2"
        self.client = getattr(server, protocol)(login)

    def call(self, model, method, ids=None, **kwargs):
        if self.json2:
            if ids is not None:
                kwargs["ids"] = ids
            return self.client.call(model, method, **kwargs)
        args = [] if ids is None else [ids]
        return self.client.call(model, method, args, **kwargs)

    def refused(self, model, method, ids=None, **kwargs):
        """The call is refused; the sentence the client gets."""
        with pytest.raises((Json2Error, xmlrpc.client.Fault)) as caught:
            self.call(model, method, ids, **kwargs)
        error = caught.value
        if self.json2:
            assert error.name.startswith(REFUSALS), error
            return error.message
        assert error.faultCode in FAULTS, error.faultString
        return error.faultString
