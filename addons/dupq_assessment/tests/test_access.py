from odoo import Command
from odoo.tests import tagged

from .assessment_common import AssessmentCommon

# What each role may do with each model as such; rules choose the records.
ACCESS = """
internal portal public hr worker manager quality admin board panel concerns
dupq.action                 -    -    -    -    ru   cru  cru  crud cru  -    -
dupq.action.tell            -    -    -    -    crud crud crud crud crud -    -
dupq.assessment             -    -    -    -    r    cru  cru  crud r    -    -
dupq.assessment.barrier     -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.dissent     -    -    -    -    cr   cru  cru  cru  cr   -    -
dupq.assessment.document    -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.left.out    -    -    -    -    r    ru   ru   ru   r    -    -
dupq.assessment.impact      -    -    -    -    r    cru  cru  crud r    -    -
dupq.assessment.invite      -    -    -    -    -    crud crud crud -    -    -
dupq.assessment.participant -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.proportion  -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.rating      -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.rating.change -  -    -    -    r    r    r    r    r    -    -
dupq.assessment.source      -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.remark      -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.section     -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.section.idea -    -    -    -    r    crud crud crud r    -    -
dupq.glossary.term          -    -    -    -    r    r    crud crud r    -    -
dupq.assessment.session     -    -    -    -    cru  crud crud crud r    -    -
dupq.assessment.session.attendance - - - -      crud crud crud crud r    -    -
dupq.assessment.session.note -   -    -    -    cru  crud crud crud r    -    -
dupq.assessment.past        -    -    -    -    -    -    r    cru  -    -    -
dupq.assessment.prompt      -    -    -    -    r    r    crud crud r    -    -
dupq.assessment.step        -    -    -    -    ru   ru   ru   ru   ru   -    -
dupq.assessment.survey      -    -    -    -    r    crud crud crud r    -    -
dupq.assessment.survey.invitee - -    -    -    -    ru   ru   ru   -    -    -
dupq.assessment.survey.line -    -    -    -    r    r    r    r    r    -    -
dupq.lesson                 -    -    -    -    r    r    r    r    r    crud -
dupq.lesson.read            -    -    -    -    cr   cr   cr   cr   r    r    -
dupq.lesson.recurrence      -    -    -    -    cr   cr   cr   cr   r    cru  -
dupq.lesson.unread          -    -    -    -    r    r    r    r    r    r    -
dupq.publication            -    -    -    -    r    r    r    r    r    -    -
dupq.publication.block      -    -    -    -    r    r    r    r    r    -    -
dupq.publication.edition    -    -    -    -    r    r    r    r    r    -    -
dupq.rating.scale           -    -    -    -    r    r    r    crud r    -    -
dupq.rating.scale.level     -    -    -    -    r    r    r    crud r    -    -
dupq.visit                  -    -    -    -    -    cru  cru  crud cru  -    -
dupq.voice                  -    -    -    -    cru  crud crud crud r    -    -
"""


@tagged("post_install", "-at_install")
class TestAccess(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.env.company._get_today()
        values = {"name": "Ask", "date_due": today, "owner_id": cls.user_worker.id}
        cls.action, cls.other_action = cls.env["dupq.action"].create(
            [
                {**values, "service_id": cls.service.id},
                {**values, "service_id": cls.other_service.id, "owner_id": 1},
            ]
        )
        cls.visit, cls.other_visit = cls.env["dupq.visit"].create(
            [
                {"service_id": service.id, "announced": "announced"}
                for service in (cls.service, cls.other_service)
            ]
        )
        words = {"what_happened": "This.", "what_we_do": "That."}
        cls.draft, cls.lesson, cls.other_lesson = cls.env["dupq.lesson"].create(
            [
                {"name": "Draft", "service_ids": cls.service.ids},
                {"name": "Told", "service_ids": cls.service.ids, **words},
                {"name": "Elsewhere", "service_ids": cls.other_service.ids, **words},
            ]
        )
        (cls.lesson | cls.other_lesson).with_user(cls.user_panel).action_share()
        cls.lesson.with_user(cls.user_worker).action_read()
        cls.recurrence = cls.env["dupq.lesson.recurrence"].create(
            {"lesson_id": cls.lesson.id, "service_id": cls.service.id}
        )

        cls.env["dupq.assessment.past"].create(
            {"date_to": "2020-12-31", "code_id": cls.code.id, "scale_id": cls.scale.id}
        )
        cls._publish(service_id=cls.other_service.id)
        cls.assessment = cls._fill(cls._create_assessment())
        cls._add_parts(cls.assessment)
        cls.env["dupq.assessment.survey"].create(
            {
                "assessment_id": cls.assessment.id,
                "area_id": cls.areas[0].id,
                "partner_ids": cls.user_worker.partner_id.ids,
                "group_id": cls.families.id,
            }
        )
        cls.env["dupq.assessment.session"].create(
            {
                "assessment_id": cls.assessment.id,
                "attendance_ids": [Command.create({"group_id": cls.people.id})],
                "note_ids": [Command.create({"text": "Said"})],
            }
        )
        cls._write_report(cls.assessment)

    @classmethod
    def _write_report(cls, assessment):
        """One record of each part of a report."""
        env, of_it = cls.env, {"assessment_id": assessment.id}
        section = env["dupq.assessment.section"].create({**of_it, "name": "Ours"})
        section.idea_ids.create({"section_id": section.id, "words": "We asked."})
        env["dupq.assessment.document"].create(
            {**of_it, "name": "Minutes", "url": "https://www.example.com"}
        )
        env["dupq.assessment.remark"].create({**of_it, "key": "how", "reason": "So."})
        env["dupq.assessment.left.out"].create({**of_it, "words": "It was hard."})

    def test_each_role_may_do_what_the_table_says_and_nothing_else(self):
        self.assertAccessTable("dupq_assessment", ACCESS)

    def test_each_role_reaches_the_actions_the_table_says(self):
        everywhere = {"quality": "ru", "admin": "rud", "board": "r"}
        self.assertRecordTable(
            {
                self.action: {**everywhere, "worker": "ru", "manager": "ru"},
                self.other_action: everywhere,
            }
        )

    def test_each_role_reaches_the_visits_the_table_says(self):
        everywhere = {"quality": "ru", "admin": "rud", "board": "r"}
        self.assertRecordTable(
            {
                self.visit: {**everywhere, "manager": "r"},
                self.other_visit: everywhere,
            }
        )

    def test_each_role_reaches_the_lessons_the_table_says(self):
        shared = {"quality": "r", "admin": "r", "board": "r", "panel": "rud"}
        self.assertRecordTable(
            {
                self.draft: {"panel": "rud"},
                self.lesson: {**shared, "worker": "r", "manager": "r"},
                self.other_lesson: shared,
            }
        )

    def test_each_role_reaches_the_answers_to_lessons_the_table_says(self):
        overseers = {"quality": "r", "admin": "r", "board": "r"}
        self.assertRecordTable(
            {
                self.lesson.read_ids: {**overseers, "worker": "r", "panel": "r"},
                self.recurrence: {**overseers, "manager": "r", "panel": "ru"},
            }
        )

    def test_each_role_reaches_the_self_assessments_the_table_says(self):
        other = self._fill(self._create_assessment(service_id=self.other_service.id))
        whole = self._fill(
            self._create_assessment(scope="organisation", service_id=False)
        )
        everywhere = {"quality": "ru", "admin": "rud", "board": "r"}
        self.assertRecordTable(
            {
                self.assessment: {**everywhere, "worker": "r", "manager": "ru"},
                other: everywhere,
                whole: everywhere,
            }
        )
        changed = {"quality": "ru", "admin": "ru", "board": "r"}
        self.assertRecordTable(
            {
                self.assessment.step_ids[0]: {
                    **changed,
                    "worker": "r",
                    "manager": "ru",
                },
                other.step_ids[0]: changed,
                whole.step_ids[0]: changed,
            }
        )
        parts = {"quality": "rud", "admin": "rud", "board": "r"}
        for each in (other, whole):
            self._add_parts(each)
        for name in (
            "participant_ids",
            "summary_ids",
            "voice_ids",
            "source_ids",
            "barrier_ids",
            "proportion_ids",
        ):
            self.assertRecordTable(
                {
                    self.assessment[name][0]: {
                        **parts,
                        "worker": "r",
                        "manager": "rud",
                    },
                    other[name][0]: parts,
                    whole[name][0]: parts,
                }
            )
        said = {"quality": "ru", "admin": "ru", "board": "r"}
        kept = {"quality": "r", "admin": "r", "board": "r"}
        self.assertRecordTable(
            {
                self.assessment.dissent_ids: {**said, "worker": "r", "manager": "ru"},
                other.dissent_ids: said,
                whole.dissent_ids: said,
                self.assessment.rating_change_ids: {
                    **kept,
                    "worker": "r",
                    "manager": "r",
                },
                other.rating_change_ids: kept,
            }
        )

    @classmethod
    def _add_parts(cls, assessment):
        """One of each of the parts that come with the ratings."""
        rating = assessment.summary_ids[0]
        rating.level_id = cls.scale.level_ids[2]
        assessment.write(
            {
                "barrier_ids": [Command.create({"name": "Money"})],
                "proportion_ids": [Command.create({"area_id": cls.areas[0].id})],
            }
        )
        cls.env["dupq.assessment.dissent"].create(
            {"rating_id": rating.id, "group_id": cls.staff.id, "words": "No."}
        )
