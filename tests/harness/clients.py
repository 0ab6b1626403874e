"""Clients as others write them: XML-RPC, and JSON-2 with a bearer key."""

import json
import urllib.error
import urllib.request
import xmlrpc.client


class XmlRpc:
    """`client.call("res.partner", "search", [[]], limit=1)`; faults are raised."""

    def __init__(self, url, db, login, password):
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
        self.db, self.password = db, password
        self.uid = common.authenticate(db, login, password, {})
        assert self.uid, f"{login} cannot sign in"
        self.models = xmlrpc.client.ServerProxy(
            f"{url}/xmlrpc/2/object", allow_none=True
        )

    def call(self, model, method, args=(), **kwargs):
        """Call a method; `args` is the list of its positional arguments."""
        return self.models.execute_kw(
            self.db, self.uid, self.password, model, method, list(args), kwargs
        )


class Json2Error(Exception):
    """The server refused: `.status` of HTTP, `.name` of the exception, `.message`."""

    def __init__(self, status, body):
        self.status, self.body = status, body
        facts = body if isinstance(body, dict) else {}
        self.name, self.message = facts.get("name", ""), facts.get("message", "")
        super().__init__(f"{status} {self.name}: {self.message or body}")


class Json2:
    """`client.call("res.partner", "read", ids=[1], fields=["name"])`."""

    def __init__(self, url, db, key):
        self.url, self.db, self.key = url, db, key

    def call(self, model, method, **kwargs):
        """Call a method by named arguments (`ids` names the records)."""
        request = urllib.request.Request(
            f"{self.url}/json/2/{model}/{method}",
            data=json.dumps(kwargs).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"bearer {self.key}",
                "X-Odoo-Database": self.db,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise Json2Error(error.code, _body(error)) from error


def _body(error):
    text = error.read().decode(errors="replace")
    try:
        return json.loads(text)
    except ValueError:
        return text[:500]
