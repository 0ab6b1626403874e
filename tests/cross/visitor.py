"""Somebody with a browser of their own, at an address, without any script."""

import re

import requests

CSRF = re.compile(r'name="csrf_token"\s+value="([^"]+)"')


class Visitor:
    """Looks at pages and sends their forms, with cookies of their own."""

    def __init__(self, server):
        self.server = server
        self.session = requests.Session()
        self.page = None

    def look(self, path, method="GET"):
        """Open a page; redirects are followed, as a browser does."""
        self.page = self.session.request(method, self.server.url + path, timeout=60)
        return self.page

    def press(self, path, values=None, files=None, csrf=True, follow=True):
        """Send the form of the page that was looked at last."""
        data = dict(values or {})
        if csrf:
            data["csrf_token"] = CSRF.search(self.page.text).group(1)
        page = self.session.post(
            self.server.url + path,
            data=data,
            files=files,
            timeout=120,
            allow_redirects=follow,
        )
        if CSRF.search(page.text):
            self.page = page
        return page
