from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parents[3]


@tagged("post_install", "-at_install")
class TestWorkflowDocs(TransactionCase):
    """docs/states.md says what the transitions say, in a checkout."""

    def test_page_of_states_is_up_to_date(self):
        path = ROOT / "tools" / "docs" / "states.py"
        if not path.exists():
            self.skipTest("The addon is used outside its checkout.")
        spec = spec_from_file_location("dupq_docs_states", path)
        states = module_from_spec(spec)
        spec.loader.exec_module(states)
        page = (ROOT / "docs" / "states.md").read_text()
        again = "Run ./dupq shell < tools/docs/states.py"
        for name, section in states.get_sections(self.env).items():
            with self.subTest(model=name):
                self.assertIn(section, page, again)
        addons = ("dupq_code", "dupq_assessment", "dupq_commissioning")
        if set(addons) <= self.env.registry._init_modules:
            self.assertEqual(states.get_page(self.env), page, again)
