from odoo.tests import tagged

from .common import DupqCommon

OPERATIONS = ("read", "write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestCompanies(DupqCommon):
    """Every model of ours keeps companies apart, whichever addon brings it.

    Run on the models of all addons that are installed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = {
            name: model
            for name, model in cls.env.items()
            if name.startswith("dupq.")
            and not (model._abstract or model._transient)
            and not name.startswith("dupq.fake.")
        }
        cls.of_a_company = {
            name for name, model in cls.ours.items() if "company_id" in model._fields
        }

    def _get_paths(self, model):
        """The ways from a record of the model to its company."""
        parents = {
            f"{field.name}.company_id"
            for field in model._fields.values()
            if field.type == "many2one" and field.comodel_name in self.of_a_company
        }
        return parents | ({"company_id"} & model._fields.keys())

    def _get_global_rules(self, name):
        """Rules for everyone and every operation."""
        domain = [("model_id.model", "=", name), ("groups", "=", False)]
        domain += [(f"perm_{mode}", "=", True) for mode in OPERATIONS]
        return self.env["ir.rule"].search(domain)

    def test_there_is_something_to_check(self):
        self.assertIn("dupq.evidence", self.of_a_company)

    def test_each_record_of_a_company_is_for_that_company_alone(self):
        for name, model in self.ours.items():
            paths = self._get_paths(model)
            with self.subTest(model=name):
                domains = self._get_global_rules(name).mapped("domain_force")
                kept = [
                    domain
                    for domain in domains
                    if any(f"('{path}', 'in', company_ids" in domain for path in paths)
                ]
                self.assertEqual(bool(kept), bool(paths), "A rule on its company")
