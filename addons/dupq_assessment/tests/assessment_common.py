from datetime import timedelta

import psycopg2

from odoo import Command, fields
from odoo.tools import mute_logger

from odoo.addons.dupq_code.tests.common import DupqCommon

GROUP = "dupq_code.dupq_stakeholder_group_"


class AssessmentCommon(DupqCommon):
    """A Code of two areas, a scale of three words, and ways to fill a report."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.code = cls._create_code()
        cls.areas = cls.code.area_ids
        cls.scale = cls.env["dupq.rating.scale"].create(
            {
                "name": "Three words",
                "level_ids": [
                    Command.create({"name": name, "sequence": sequence})
                    for sequence, name in enumerate(("Low", "Middle", "High"), 1)
                ],
            }
        )
        cls.low, cls.middle, cls.high = cls.scale.level_ids
        cls.people = cls.env.ref(f"{GROUP}people_supported")
        cls.families = cls.env.ref(f"{GROUP}families")
        cls.staff = cls.env.ref(f"{GROUP}support_staff")
        cls.managers = cls.env.ref(f"{GROUP}team_managers")

    @classmethod
    def _create_code(cls):
        code = cls.env["dupq.code"].create(
            {
                "name": "A small Code",
                "key": "small",
                "version": "1",
                "area_ids": [
                    Command.create(cls._prepare_area(number)) for number in (1, 2)
                ],
            }
        )
        code._take("publish")
        return code

    @classmethod
    def _prepare_area(cls, number):
        return {
            "reference": f"A{number}",
            "name": f"Area {number}",
            "easy_read": f"This is part {number}.",
            "sequence": number,
            "statement_ids": [
                Command.create(
                    {
                        "reference": f"A{number}.{kind[0].upper()}1",
                        "polarity": kind,
                        "text": f"A {kind} thing of area {number}",
                    }
                )
                for kind in ("good", "bad")
            ],
        }

    @classmethod
    def _create_assessment(cls, **values):
        return cls.env["dupq.assessment"].create(
            {
                "service_id": cls.service.id,
                "code_id": cls.code.id,
                "scale_id": cls.scale.id,
                "lead_id": cls.user_manager.id,
                **values,
            }
        )

    @classmethod
    def _create_under_way(cls, **values):
        assessment = cls._create_assessment(**values)
        assessment._take("start")
        return assessment

    @classmethod
    def _fill(cls, assessment, groups=None):
        """Everything that a publishable report needs; started if it was not."""
        if assessment.state == "planned":
            assessment._take("start")
        if groups is None:
            groups = cls.people + cls.families + cls.staff
        assessment.write(
            {
                "participant_ids": [
                    Command.create(
                        {
                            "group_id": group.id,
                            "planned": 3,
                            "actual": 2,
                            "support_given": "A quiet room",
                            "date_papers": cls.today - timedelta(days=30),
                            "what_changed": "Weekends come first",
                        }
                    )
                    for group in groups
                ],
                "voice_ids": [
                    Command.create(
                        {
                            "words": "I choose who comes on Saturday.",
                            "group_id": cls.people.id,
                            "feeling": "good",
                            "is_printed": True,
                            "consent": "yes",
                            "is_anonymised": True,
                        }
                    )
                ],
                "action_ids": [
                    Command.create(
                        {
                            "name": "Ask about weekends",
                            "owner_id": cls.user_manager.id,
                            "date_due": cls.today + timedelta(days=60),
                            "service_id": assessment.service_id.id,
                        }
                    )
                ],
                "outcome": "Much is good, weekends are not.",
            }
        )
        for rating in assessment.summary_ids:
            rating.write(
                {
                    "level_id": cls.scale.level_ids[1].id,
                    "status": "working",
                    "finding": "We found this.",
                }
            )
        return assessment

    @classmethod
    def _publish(cls, **values):
        """A published self-assessment and its snapshot."""
        assessment = cls._fill(cls._create_assessment(**values))
        assessment._take("complete")
        assessment._take("publish")
        return assessment, assessment.publication_ids[:1]

    @mute_logger("odoo.sql_db")
    def assertBroken(self, call, *args, **kwargs):
        """The database itself refuses what the call would store."""
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            call(*args, **kwargs)
            self.env.flush_all()
