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
)
LOCAL = re.compile(r"^(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|^(data|blob|about):")


class Pages:
    """Opens pages for one test: `new_page(login=None, server=..., width=1280)`.

    Each page is a visitor of its own (own cookies). Paths are relative to the server:
    page.goto("/web/login"). With `login` the visitor is signed in already (password =
    login). Other options (locale, java_script_enabled, reduced_motion ...) go to
    Playwright's new_context. Hosts other than this machine are not reached.
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
        context.route(lambda url: not LOCAL.match(url), lambda route: route.abort())
        self.contexts.append(context)
        page = context.new_page()
        self._listen(page)
        if login:
            sign_in(page, login, password or login)
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


def sign_in(page, login, password):
    """Sign in by the login form, as a person does; ends on the page that follows."""
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click(".oe_login_form button[type=submit]:not([formaction])")
    page.wait_for_url(lambda url: "/web/login" not in url, timeout=60_000)
