from odoo import fields


class ShippedChecks:
    """What must be true of every rule that an addon ships.

    Comes before ``ShippedCommon`` in the bases of a test class.
    """

    # Odoo runs what is inherited only where it is told to.
    allow_inherited_tests_method = True
    # Those that have tests of their own, because their records never change.
    _elsewhere = ()

    def test_every_shipped_rule_is_in_the_table_and_off(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", self._module), ("model", "=", "dupq.evidence.rule")]
        )
        self.assertEqual(
            set(data.mapped("name")),
            {
                f"dupq_evidence_rule_{name}"
                for name in (*(one.name for one in self._get_table()), *self._elsewhere)
            },
        )
        rules = self.env["dupq.evidence.rule"].browse(data.mapped("res_id"))
        self.assertEqual(set(rules.mapped("state")), {"off"})
        for rule in rules:
            # HR does not read what practice leaders write; quality leads do.
            eyes = (self.user_hr, self.user_quality)
            self.assertFalse(all(rule._why_no_sight(u.id) for u in eyes), rule.name)
        self.assertFalse(any(rules.mapped("blind_spots")))

    def test_what_fits_is_evidence(self):
        self._for_each(self._check_fits)

    def test_what_does_not_fit_is_no_evidence(self):
        self._for_each(self._check_misfits)

    def test_a_change_makes_a_new_version(self):
        self._for_each(self._check_change)

    def test_what_fits_no_more_is_withdrawn_and_comes_back(self):
        self._for_each(self._check_withdrawn_and_back)

    def test_evidence_outlives_the_record(self):
        self._for_each(self._check_outlives)

    def test_archived_records(self):
        self._for_each(self._check_archived)

    def test_an_archived_employee_takes_nothing_away(self):
        self._for_each(self._check_archived_employee)

    # === CHECKS === #

    def _for_each(self, check):
        """Call ``check(rule, shipped)`` for each, switched on and run once."""
        for shipped in self._get_table():
            rule = self._get_rule(shipped.name)
            self._switch_on(rule)
            self._run(rule)
            with self.subTest(shipped.name):
                check(rule, shipped)

    def _check_fits(self, rule, shipped):
        record = shipped.make()
        self._run(rule, "changes")
        item = self._get_item(rule, record)
        day = self._get_day(rule, shipped, record)
        self.assertEqual(
            (item.date_seen, item.service_id, item.state, item.statement_ids),
            (day, self.service, shipped.state, rule.statement_ids),
        )
        spoken = f"{day.day} {day:%B %Y}"
        self.assertEqual(item.display_name, shipped.title.format(spoken))

    def _check_misfits(self, rule, shipped):
        for values in shipped.misfits:
            record = shipped.make()
            self._write(record, values)
            self._run(rule, "changes")
            self.assertFalse(self._get_item(rule, record), values)

    def _check_change(self, rule, shipped):
        record = shipped.make()
        self._run(rule, "changes")
        first = self._get_item(rule, record)
        self._write(record, shipped.change)
        self._run(rule, "changes")
        second = self._get_item(rule, record)
        self.assertEqual(second.previous_version_id, first)
        self.assertEqual((first.state, second.state), ("superseded", shipped.state))
        self.assertEqual(second.date_seen, self._get_day(rule, shipped, record))

    def _check_withdrawn_and_back(self, rule, shipped):
        for values in shipped.misfits:
            record = shipped.make()
            before = {
                name: record._fields[name].convert_to_write(record[name], record)
                for name in (*values, shipped.day)
            }
            answers = self._get_answers(record)
            self._run(rule, "changes")
            first = self._get_item(rule, record)
            self.assertTrue(first)
            self._write(record, values)
            self._run(rule, "changes")
            self.assertFalse(self._get_item(rule, record), values)
            self.assertEqual(first.state, "withdrawn")
            self._write(record, before)
            for attendee in answers:
                self._answer(record, attendee, answers[attendee])
            self._run(rule, "changes")
            again = self._get_item(rule, record)
            self.assertEqual(again.state, shipped.state, "As if new.")
            self.assertNotEqual(again, first)

    def _check_outlives(self, rule, shipped):
        record = shipped.make()
        self._run(rule, "changes")
        item = self._get_item(rule, record)
        record.unlink()
        self._run(rule, "changes")
        self.assertEqual(item.state, shipped.state)
        self.assertTrue(item.source_gone)
        self._run(rule)
        self.assertEqual(item.state, shipped.state)

    def _check_archived(self, rule, shipped):
        record = shipped.make()
        if shipped.archived is None:
            self.assertNotIn("active", record._fields)
            return
        self._run(rule, "changes")
        record.active = False
        self._run(rule, "changes")
        self.assertEqual(bool(self._get_item(rule, record)), shipped.archived)

    def _check_archived_employee(self, rule, shipped):
        record = shipped.make()
        if rule._get_end(rule.service_path).comodel_name != "hr.employee":
            return
        self._run(rule, "changes")
        item = self._get_item(rule, record)
        employee = record[rule.service_path]
        employee.active = False
        for mode in ("changes", "full"):
            self._run(rule, mode)
            self.assertEqual(self._get_item(rule, record), item)
        employee.active = True

    def _get_answers(self, record):
        """Who said what to a meeting, which goes when they are no longer invited."""
        attendees = "attendee_ids" in record._fields and record.attendee_ids
        return {one.partner_id: one.state for one in attendees or ()}

    def _get_day(self, rule, shipped, record):
        value = record[shipped.day]
        return fields.Date.to_date(
            fields.Datetime.context_timestamp(
                record.with_context(tz=rule.owner_id.tz or "UTC"), value
            )
            if record._fields[shipped.day].type == "datetime"
            else value
        )
