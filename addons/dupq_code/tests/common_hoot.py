from odoo.tests import HttpCase


class HootCase(HttpCase):
    """Runs the tests of an addon's JavaScript in a browser."""

    def run_suite(self, name):
        """Run all tests of one suite; each that fails is told.

        :param name: the addon, as in ``@dupq_assessment``
        """
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={self._get_suite_hash(name)}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    def _get_suite_hash(self, name):
        """The number by which the page of tests knows a suite."""
        number = 0
        for character in name:
            number = ((number << 5) - number + ord(character)) & 0xFFFFFFFF
        return f"{number:08x}"
