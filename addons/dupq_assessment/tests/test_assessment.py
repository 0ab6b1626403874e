from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, HttpCase, freeze_time, tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessment(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment()

    def test_starting_prepares_one_rating_for_each_area(self):
        self.assertFalse(self.assessment.area_rating_ids)
        self.assessment.with_user(self.user_manager).action_start()
        self.assertEqual(self.assessment.state, "running")
        self.assertEqual(self.assessment.summary_ids.area_id, self.areas)

    def test_name_says_the_place_and_the_year(self):
        year = self.assessment.date_to.year
        self.assertEqual(self.assessment.name, f"12 Orchard Road, {year}")
        whole = self._create_assessment(scope="organisation", service_id=False)
        self.assertEqual(whole.name, f"{self.env.company.name}, {year}")

    def test_a_typed_name_survives_the_choice_of_a_service(self):
        with Form(self.env["dupq.assessment"]) as form:
            form.name = "Our first honest look"
            form.service_id = self.service
            self.assertEqual(form.name, "Our first honest look")
            form.name = f"{self.service.name}, 1999"
            form.service_id = self.other_service
            self.assertNotIn(self.service.name, form.name)

    def test_completing_needs_each_area_rated_or_a_reason(self):
        self._fill(self.assessment)
        first, second = self.assessment.summary_ids
        second.level_id = False
        self.assertRefused(self.assessment.action_complete, "A2")
        with self.assertRaises(ValidationError):
            second.is_not_applicable = True
        second.write(
            {"is_not_applicable": True, "not_applicable_reason": "Nobody lives here."}
        )
        self.assessment.with_user(self.user_manager).action_complete()
        self.assertEqual(self.assessment.state, "completed")
        self.assertTrue(first.level_id)

    def test_managers_alone_need_a_reason_to_go_on(self):
        self._fill(self.assessment, groups=self.managers)
        self.assertIn(self.people.name, self.assessment.few_voices)
        self.assertRefused(self.assessment.action_complete, self.families.name)
        self.assessment.few_voices_reason = "The house has just opened."
        self.assessment.action_complete()
        self.assertEqual(self.assessment.state, "completed")

    def test_planned_but_not_come_is_not_heard(self):
        self._fill(self.assessment)
        self.assessment.participant_ids.filtered(
            lambda one: one.group_id == self.families
        ).actual = 0
        self.assertEqual(self.assessment.few_voices, self.families.name)

    def test_outcome_and_plan_are_published_together(self):
        self._fill(self.assessment)
        self.assessment._take("complete")
        self.assessment.outcome = "  "
        plan = self.assessment.action_ids
        plan.assessment_id = False
        self.assertRefused(self.assessment.action_publish, "Write what you found")
        self.assessment.outcome = "We found much."
        self.assertRefused(self.assessment.action_publish, "at least one action")
        plan.assessment_id = self.assessment
        self.assessment.with_user(self.user_quality).action_publish()
        self.assertEqual(self.assessment.state, "published")

    def test_each_printed_quote_has_consent_and_no_names(self):
        self._fill(self.assessment)
        quote = self.assessment.voice_ids
        cases = (
            ({"consent": "not_asked", "is_anonymised": True, "is_printed": True}, True),
            ({"consent": "no", "is_anonymised": True, "is_printed": True}, True),
            ({"consent": "yes", "is_anonymised": False, "is_printed": True}, True),
            ({"consent": "no", "is_anonymised": False, "is_printed": False}, False),
            ({"consent": "yes", "is_anonymised": True, "is_printed": True}, False),
        )
        for values, is_refused in cases:
            with self.subTest(values):
                quote.write(values)
                missing = self.assessment._get_missing_to_publish()
                self.assertEqual(bool(missing), is_refused, missing)

    def test_a_quote_without_consent_never_comes_out(self):
        self._fill(self.assessment)
        self.assessment.voice_ids = [
            Command.create(
                {
                    "words": "Do not print me.",
                    "group_id": self.families.id,
                    "consent": "no",
                    "is_printed": False,
                }
            )
        ]
        self.assessment._take("complete")
        self.assessment._take("publish")
        quotes = self.assessment.publication_ids.block_ids.filtered(
            lambda block: block.kind == "quote"
        )
        self.assertEqual(len(quotes), 1)
        self.assertNotIn("Do not print me", str(quotes.mapped("data")))

    def test_only_a_quality_lead_publishes(self):
        self._fill(self.assessment)._take("complete")
        for user in (self.user_manager, self.user_worker, self.user_board):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.assessment.with_user(user).action_publish()
        self.assertEqual(self.assessment.state, "completed")
        self.assessment.with_user(self.user_quality).action_publish()
        self.assertEqual(self.assessment.state, "published")

    def test_support_worker_does_not_start_it(self):
        with self.assertRaises(UserError):
            self.assessment.with_user(self.user_worker).action_start()
        self.assertEqual(self.assessment.state, "planned")

    def test_state_is_not_written(self):
        for user in (self.env.user, self.user_quality, self.user_manager):
            with self.subTest(user.login):
                self.assertRefused(
                    self.assessment.with_user(user).write,
                    "",
                    {"state": "published"},
                )

    def test_what_was_decided_stays_once_it_has_begun(self):
        self.assessment._take("start")
        other = self.env["dupq.rating.scale"].search(
            [("id", "!=", self.scale.id)], limit=1
        )
        self.assertRefused(self.assessment.write, "began", {"scale_id": other.id})
        self.assertRefused(
            self.assessment.write, "began", {"service_id": self.other_service.id}
        )
        self.assessment.write({"scale_id": self.scale.id, "lead_id": self.env.user.id})

    def test_a_newer_edition_of_the_code_does_not_rewrite_it(self):
        self._fill(self.assessment)
        code = self.code.with_user(self.user_administrator)
        newer = code.browse(code.action_new_edition()["res_id"])
        tomorrow = self.today + timedelta(days=1)
        newer.write({"version": "2", "date_valid_from": tomorrow})
        newer.action_publish()
        self.assertEqual(self.code.date_valid_to, self.today)
        with freeze_time(tomorrow):
            for name in ("complete", "publish"):
                self.assessment._take(name)
        self.assertEqual(self.assessment.summary_ids.area_id, self.areas)
        self.assertRefused(self.assessment.write, "began", {"code_id": newer.id})
        page = self.assessment.publication_ids._get_report_values()
        self.assertEqual((page["code"], page["edition"]), ("A small Code", "1"))

    def test_what_was_completed_stays_for_everyone(self):
        self._fill(self.assessment)._take("complete")
        rating = self.assessment.summary_ids[0]
        quote = self.assessment.voice_ids
        calls = (
            (rating.write, {"finding": "Better"}),
            (quote.write, {"words": "Other words"}),
            (self.assessment.participant_ids.write, {"actual": 99}),
            (
                quote.create,
                {
                    "assessment_id": self.assessment.id,
                    "words": "New",
                    "group_id": self.people.id,
                },
            ),
            (self.assessment.write, {"voice_ids": [Command.delete(quote.id)]}),
        )
        for call, values in calls:
            with self.subTest(values):
                self.assertRefused(call, "Take it up again", values)
        self.assertRefused(rating.unlink, "Take it up again")
        self.assessment._take("take_up", reason="One more family came")
        rating.finding = "Better"

    def test_what_was_published_is_corrected_not_changed(self):
        assessment, first = self._publish()
        self.assertRefused(assessment.write, "is published", {"outcome": "Rosy"})
        self.assertRefused(assessment._take, "Say why", "correct")
        quality = assessment.with_user(self.user_quality)
        quality._take("correct", reason="A number was wrong")
        quality.outcome = "Much is good, weekends are not, and nights neither."
        quality.action_complete()
        self.assertRefused(quality.action_publish, "what has changed")
        quality.change_note = "Nights were missing."
        quality.action_publish()
        second = assessment.publication_ids - first
        self.assertEqual((first.version, second.version), (1, 2))
        self.assertEqual(first.address, second.address)
        self.assertEqual(second.change_note, "Nights were missing.")
        self.assertIn("nights", str(second.block_ids.mapped("data")))
        self.assertNotIn("nights", str(first.block_ids.mapped("data")))

    def test_the_next_one_replaces_the_last(self):
        last, publication = self._publish(
            date_from=self.today - timedelta(days=700),
            date_to=self.today - timedelta(days=366),
        )
        elsewhere, _other = self._publish(service_id=self.other_service.id)
        now, newer = self._publish()
        self.assertEqual(last.state, "replaced")
        self.assertEqual(now.state, "published")
        self.assertEqual(elsewhere.state, "published")
        self.assertEqual(newer.address, publication.address)
        self.assertEqual(newer.version, publication.version + 1)

    def test_an_older_one_published_later_does_not_replace_the_newer(self):
        newer, _publication = self._publish()
        self._publish(
            date_from=self.today - timedelta(days=700),
            date_to=self.today - timedelta(days=366),
        )
        self.assertEqual(newer.state, "published")

    def test_overview_says_what_is_missing_and_then_nothing(self):
        self.assessment._take("start")
        empty = self.assessment.missing_count
        self.assertIn("To rate: A1, A2", self.assessment.overview)
        self._fill(self.assessment)
        self.assessment.write(
            {
                "barriers": "Money.",
                "outcome_easy_read": "Much is good.",
                "declaration": "We stand behind this.",
                "declared_by": "The chair",
                "declaration_paper_ids": [
                    Command.create({"name": "signed.pdf", "raw": b"%PDF-"})
                ],
                "voice_ids": [
                    Command.create(
                        {
                            "words": "Nobody asks me on Sundays.",
                            "group_id": self.families.id,
                            "feeling": "not_yet",
                            "is_printed": True,
                            "consent": "yes",
                            "is_anonymised": True,
                        }
                    )
                ],
            }
        )
        self.assessment.source_ids[0].status = "have"
        self.assessment.action_ids.measure = "Everyone was asked."
        self.assessment.invalidate_recordset()
        self.assertGreater(empty, 3)
        self.assertEqual(self.assessment.missing_count, 0, self.assessment.overview)

    def test_overview_never_shows_markup_of_a_group(self):
        self.people.name = "<script>alert(1)</script>"
        self._fill(self.assessment)
        self.assertNotIn("<script>", self.assessment.overview)

    def test_draft_declaration_names_what_needs_work(self):
        self._fill(self.assessment)
        self.assessment.summary_ids[0].status = "meeting"
        self.assessment.action_draft_declaration()
        self.assertIn("joined the A small Code", self.assessment.declaration)
        self.assertIn("Area 2", self.assessment.declaration)
        self.assertNotIn("Area 1", self.assessment.declaration)

    def test_next_year_starts_with_the_same_people_and_nothing_said(self):
        self._fill(self.assessment)
        self.assessment.few_voices_reason = "The house has just opened."
        copy = self.assessment.copy()
        self.assertFalse(copy.few_voices_reason)
        self.assertEqual(
            copy.participant_ids.group_id, self.assessment.participant_ids.group_id
        )
        self.assertFalse(copy.outcome)
        self.assertFalse(copy.area_rating_ids or copy.voice_ids or copy.action_ids)
        self.assertEqual(copy.state, "planned")
        self.assertFalse(any(copy.participant_ids.mapped("actual")))

    def test_what_has_begun_is_kept(self):
        self.assessment._take("start")
        self.assertRefused(self.assessment.unlink, "is kept")
        self._create_assessment().unlink()

    def test_form_of_a_new_one_asks_for_a_service(self):
        with Form(self.env["dupq.assessment"].with_user(self.user_manager)) as form:
            form.service_id = self.service
            form.code_id = self.code
        self.assertEqual(form.record.state, "planned")

    def test_default_scale_is_never_that_of_another_company(self):
        other = self.env["res.company"].create({"name": "Another provider"})
        theirs = self.scale.copy({"company_id": other.id, "sequence": -1})
        model = self.env["dupq.assessment"].with_context(
            allowed_company_ids=[self.env.company.id, other.id]
        )
        self.assertEqual(self.env["dupq.rating.scale"].search([], limit=1), theirs)
        default = model.default_get(["scale_id"])["scale_id"]
        self.assertNotEqual(default, theirs.id)
        self.assertTrue(default)

    def test_organisation_has_no_service(self):
        self.assertBroken(self._create_assessment, scope="organisation")
        self.assertBroken(self._create_assessment, service_id=False)

    def test_opening_many_costs_as_many_queries_as_one(self):
        self._fill(self.assessment)
        others = self.env["dupq.assessment"].concat(
            *[self._create_assessment() for _number in range(20)]
        )
        names = ["name", "state", "participant_count", "few_voices", "publication_url"]
        self.env.flush_all()

        def queries(records):
            records = records.with_user(self.user_quality)
            return self._count_queries(lambda: records.read(names))

        self.assertEqual(queries(others[:1]), queries(others))


@tagged("post_install", "-at_install")
class TestCompleteButton(AssessmentCommon, HttpCase):
    def test_a_warning_of_our_own_asks_why_before_it_is_completed(self):
        assessment = self._fill(self._create_assessment())
        self.env["dupq.workflow.gate"].create(
            {
                "model_id": self.env["ir.model"]._get_id(assessment._name),
                "transition": "complete",
                "domain": "[('sponsor_id', '!=', False)]",
                "severity": "warn",
                "message": "Nobody sponsors it.",
            }
        )
        # A quote that waits is told of once it is completed, and not before.
        assessment.voice_ids.consent = "not_asked"
        self.authenticate(self.user_manager.login, self.user_manager.login)
        dialog = self._press(assessment._name, "action_complete", assessment.ids)
        self.assertEqual(dialog.get("res_model"), "dupq.workflow.reason")
        self.env.invalidate_all()
        self.assertEqual(assessment.state, "running")
        reason = (
            self.env["dupq.workflow.reason"]
            .with_user(self.user_manager)
            .with_context(**dialog["context"])
            .create({"reason": "The board meets in May."})
        )
        self._press("dupq.workflow.reason", "action_confirm", reason.ids)
        self.env.invalidate_all()
        self.assertEqual(assessment.state, "completed")

    def _press(self, model, method, ids):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_button/{model}/{method}",
            {"model": model, "method": method, "args": [ids], "kwargs": {}},
        )
