"""A person at Odoo's screens: what they click and type, and nothing else.

No call goes to the server but those the browser makes by itself.
"""

from contextlib import contextmanager

LOADED = ".o_action_manager > *"
# How long nothing may be under way before a person would go on, in milliseconds.
CALM = 300
PATIENCE = 30_000


class Desk:
    """One signed-in person in one browser page."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        self.under_way = set()
        page.on("request", self._begin)
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda request: self.under_way.discard(request.url))

    def sign_in(self, login, password=None):
        page = self.page
        page.goto(f"{self.url}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password or login)
        page.click(".oe_login_form button[type=submit]:visible")
        page.wait_for_selector(".o_main_navbar", timeout=60_000)
        return self

    def sign_out(self):
        self.page.click(".o_user_menu button")
        self.page.click(
            ".o-dropdown--menu [data-menu=logout], .dropdown-item >> text=Log out"
        )
        self.page.wait_for_selector("input[name=login], .o_portal, main")

    # === MOVING ABOUT === #

    def app(self, name):
        """Open an application from the list of applications."""
        self.page.click(".o_navbar_apps_menu button")
        self.page.click(f".o-dropdown--menu .o_app:text-is('{name}')")
        self.wait()

    def menu(self, *names):
        """Open a menu entry of the application, by the names on the way to it."""
        first, *rest = names
        self.page.click(f".o_menu_sections >> :is(a, button):has-text('{first}')")
        for name in rest:
            self.page.click(f".o-dropdown--menu .dropdown-item:text-is('{name}')")
        self.wait()

    def wait(self):
        """Wait until nothing is loading any more."""
        self.page.wait_for_selector(LOADED)
        for _attempt in range(PATIENCE // CALM):
            self.page.wait_for_timeout(CALM)
            if not self.under_way:
                return
        raise AssertionError(f"still waiting for {self.under_way}")

    def _begin(self, request):
        # Calls of the screens: not pictures, nor what a background worker holds open.
        if request.resource_type in ("fetch", "xhr") and "/web/" in request.url:
            self.under_way.add(request.url)

    def click(self, text, within=""):
        """Press a visible button or link by the words on it."""
        buttons = self.page.locator(f"{within} :is(button, a):visible")
        buttons.filter(has_text=text).first.click()
        self.wait()

    def search(self, text):
        """Type in the search bar and take the first suggestion."""
        self.page.fill(".o_searchview_input", text)
        self.page.keyboard.press("Enter")
        self.wait()

    def row(self, text):
        """The first row, card or list line that shows the text."""
        return self.page.locator(
            f".o_data_row:has-text('{text}'), .o_kanban_record:has-text('{text}')"
        ).first

    def count_records(self):
        """How many records the list says it holds, on all its pages."""
        total = self.page.locator(".o_pager_limit")
        if total.count():
            return int(total.first.inner_text().rstrip("+"))
        return self.page.locator(".o_data_row").count()

    def open_row(self, text):
        """Open it; the cell with the text is clicked, as a person would."""
        self.row(text).get_by_text(text).first.click()
        self.wait()

    # === FORMS === #

    def field(self, name, scope=""):
        return self.page.locator(
            f"{scope} .o_field_widget[name='{name}']:visible"
        ).first

    def type(self, name, text, scope=""):
        box = self.field(name, scope).locator("input, textarea").first
        box.fill(text)

    def choose(self, name, text, scope=""):
        """Pick from a drop-down of records by typing its name."""
        self.field(name, scope).locator("input").first.fill(text)
        options = self.page.locator(".o-autocomplete--dropdown-item")
        options.filter(has_text=text).first.click()

    def select(self, name, label, scope=""):
        """Pick from a short list of words, however the list is shown."""
        widget = self.field(name, scope)
        if widget.locator("select").count():
            widget.locator("select").first.select_option(label=label)
        elif widget.locator("input[type=radio]").count():
            widget.locator(f"label:text-is('{label}')").first.click()
        else:
            widget.locator("input").first.click()
            self.page.locator(f".o_select_menu_item:has-text('{label}')").first.click()

    def add_line(self, name):
        """Begin a new line of a list inside a form, in the list or in a dialog."""
        rows = self.page.locator(f"[name='{name}'] .o_data_row")
        begun = rows.nth(rows.count()).or_(self.page.locator(".modal .modal-content"))
        self.page.click(f"[name='{name}'] .o_field_x2many_list_row_add a")
        begun.first.wait_for()
        self.wait()

    def count_lines(self, name, scope=""):
        return self.page.locator(f"{scope} [name='{name}'] .o_data_row").count()

    def tab(self, title):
        self.page.click(f".o_notebook .nav-link:has-text('{title}')")

    def save(self):
        self.page.click(".o_form_button_save")
        self.page.wait_for_selector(
            ".o_form_status_indicator_buttons.invisible", state="attached"
        )
        self.wait()

    @contextmanager
    def dialog(self):
        """The dialog that has opened; left again when the block ends."""
        self.page.wait_for_selector(".modal .modal-content")
        yield ".modal"
        self.page.wait_for_selector(".modal .modal-content", state="detached")
        self.wait()

    def stat(self, name):
        """The figure on a button at the top of a form."""
        figure = self.page.locator(f"[name='{name}'] .o_stat_value, [name='{name}']")
        return figure.last.inner_text().strip()
