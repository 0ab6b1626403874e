"""Browser pages that fail the test when the console shows an error."""

import re

from dupq_cli import paths

ARGUMENTS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--no-sandbox",
    # No other machine is reached. Not by Playwright's routes: with one of them no page
    # may keep what it has loaded, and each request asks this process first.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Pages:
    """Opens pages for one test: `new_page(login=None, server=..., width=1280)`.

    Each page is a visitor of its own (own cookies). Paths are relative to the server:
    page.goto("/web/login"). With `login` the visitor is signed in already (password =
    login), on a page that is still empty. Other options (locale, java_script_enabled,
    reduced_motion ...) go to Playwright's new_context.
    """

    def __init__(self, browser):
        self.browser = browser
        self.contexts, self.errors, self._expected = [], [], []

    def __call__(
        self, login=None, *, server, password=None, width=1280, height=800, **options
    ):
        options = {"locale": "en-GB", "timezone_id": "Europe/London"} | options
        context = self.browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        self._listen(page)
        if login:
            context.add_cookies(session(context, server, login, password or login))
        return page

    def expect_error(self, pattern):
        """Allow console errors in which the pattern is found."""
        self._expected.append(re.compile(pattern))

    def close(self):
        for context in self.contexts:
            context.close()
        return [
            error
            for error in self.errors
            if not any(pattern.search(error) for pattern in self._expected)
        ]

    def photograph(self, name):
        """Keep what each page shows, for the one who looks into a failure."""
        folder = paths.state() / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        for number, context in enumerate(self.contexts):
            for page in context.pages:
                page.screenshot(path=folder / f"{name}-{number}.png")
        return folder

    def _listen(self, page):
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message))

    def _hear(self, page, message):
        if message.type == "error":
            where = message.location.get("url", "")
            self.errors.append(f"{page.url}: {message.text} ({where})")


def session(context, server, login, password):
    """Cookies of somebody who has signed in, once for all their pages of a server."""
    known = server.sessions.setdefault((login, password), [])
    if not known:
        (token,) = TOKEN.findall(context.request.get("/web/login").text())
        values = {"login": login, "password": password, "csrf_token": token}
        answer = context.request.post("/web/login", form=values, max_redirects=0)
        assert answer.status == 303, f"{login} cannot sign in"
        known += context.cookies()
    return known
