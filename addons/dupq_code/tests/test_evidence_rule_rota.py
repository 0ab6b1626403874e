from odoo.tests import tagged

from .common_rota import RotaCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleRota(RotaCommon):
    """One piece of evidence for a service, a month and a figure of the rota."""

    def _switch_on(self, name):
        rule = self.env.ref(f"dupq_code.dupq_evidence_rule_{name}")
        rule.with_user(self.user_quality).action_switch_on()
        self.env.flush_all()
        rule._run("full")
        return rule

    def _items(self, rule):
        rule._run("changes")
        return rule.evidence_ids.filtered(lambda item: item.state == "accepted")

    def test_each_figure_is_good_or_not_yet(self):
        person = {"person": self.person}
        self._hire(self.walker, self.ada, "2025-03-01")
        self._choose(self.walker, "yes", date="2025-03-01")
        self._shift(self.ada, "2025-03-03 09:00", "2025-03-03 19:00", **person)
        self._shift(
            "AG-1",
            "2025-03-04 09:00",
            "2025-03-04 17:00",
            kind="cover_sickness",
            **person,
        )
        self._count("2025-03-01")
        for name, is_good in (
            ("rota_chosen", True),
            ("rota_matched", True),
            ("rota_faces", True),
            ("rota_known_cover", False),
            ("rota_agency", False),
            ("rota_moved", True),
        ):
            for suffix, expected, polarity in (
                ("", is_good, "good"),
                ("_not_yet", not is_good, "not_yet"),
            ):
                with self.subTest(f"{name}{suffix}"):
                    items = self._items(self._switch_on(f"{name}{suffix}"))
                    self.assertEqual(len(items), int(expected))
                    if expected:
                        self.assertEqual(items.polarity, polarity)
                        self.assertEqual(items.service_id, self.service)
                        self.assertEqual(f"{items.date_seen}", "2025-03-31")
                        self.assertEqual(items.source_type, "rota")
                        self.assertIn("31 March 2025", items.display_name)
                        self.assertNotIn("Jane", items.display_name)
                        self.assertNotIn("Ada", items.display_name)

    def test_it_follows_the_rota_and_opens_to_its_shifts(self):
        rule = self._switch_on("rota_moved_not_yet")
        self.assertFalse(self._items(rule))
        moved = self._shift(
            self.bo,
            "2025-03-04 09:00",
            "2025-03-04 17:00",
            kind="moved",
            reason="A vacancy elsewhere.",
        )
        self._count("2025-03-01")
        item = self._items(rule)
        figure = self.env[item.res_model].browse(item.res_id)
        action = figure.with_user(self.user_manager).action_open_shifts()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), moved)
        self._count("2025-03-01")
        self.assertEqual(self._items(rule), item, "Counted again, and the same.")
        moved.kind = "usual"
        self._count("2025-03-01")
        self.assertFalse(self._items(rule))

    def test_a_month_that_is_not_over_is_no_evidence_yet(self):
        rule = self._switch_on("rota_moved")
        today = self.env["dupq.rota.month"]._fields["month"].today()
        day = f"{today:%Y-%m}-01"
        self._shift(self.bo, f"{day} 09:00", f"{day} 17:00")
        self._count(day)
        last = self.env["dupq.rota.indicator"].search([]).mapped("date_to")
        self.assertEqual(bool(self._items(rule)), max(last) <= today)

    def test_where_good_begins_is_for_the_quality_lead_to_say(self):
        self._shift(self.bo, "2025-03-04 09:00", "2025-03-04 17:00")
        self._shift("AG-1", "2025-03-05 09:00", "2025-03-05 10:00")
        self._count("2025-03-01")
        rule = self.env.ref("dupq_code.dupq_evidence_rule_rota_agency")
        self.assertFalse(self._items(self._switch_on("rota_agency")))
        rule.with_user(self.user_quality).action_switch_off()
        rule.with_user(
            self.user_quality
        ).domain = '[("indicator", "=", "agency"), ("value", "<=", 0.2)]'
        self.assertTrue(self._items(self._switch_on("rota_agency")))
