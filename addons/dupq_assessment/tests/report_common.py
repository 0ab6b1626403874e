from datetime import timedelta
from functools import partial

from odoo import Command

from .assessment_common import AssessmentCommon


class ReportCommon(AssessmentCommon):
    """A good report, and ways to spoil it in one respect at a time."""

    @classmethod
    def _create_report(cls, **values):
        """A self-assessment whose report answers every question with yes."""
        assessment = cls._create_assessment(**values)
        assessment.with_user(cls.user_quality)._take("start")
        cls._add_people(assessment, cls.people, "creative", 4)
        cls._add_people(assessment, cls.families, "interview", 6)
        cls._add_people(assessment, cls.staff, "focus_group", 9)
        cls._rate(assessment, user=cls.user_quality)
        quote = partial(cls._quote, assessment, user=cls.user_administrator)
        quote(cls.people, "On Sundays nobody comes.", "not_yet", days=20)
        quote(cls.families, "She is happy here.", "good", days=9)
        cls._plan(assessment)
        assessment.write(
            {
                "outcome": "Much is good, weekends are not.",
                "barriers": "We pay no more for a Sunday than for a Tuesday.",
            }
        )
        return assessment

    @classmethod
    def _good_unusual(cls):
        """A film, a page of minutes, a plan; nobody was rated and nothing typed off."""
        assessment = cls._create_assessment()
        assessment.with_user(cls.user_manager)._take("start")
        for group in cls.people + cls.families + cls.staff:
            cls._add_people(assessment, group, "creative", 5)
        cls._plan(assessment, finding=False)
        link = "https://www.example.com/our-film"
        assessment.document_ids = [
            Command.create(
                {
                    "name": "Our film",
                    "style": "film",
                    "url": link,
                    "transcript": "A woman shows her room. She says: it is cold.",
                    "shows_words": True,
                    "shows_hard": True,
                }
            ),
            Command.create(
                {
                    "name": "Minutes of our meeting",
                    "style": "minutes",
                    "url": f"{link}/minutes",
                    "shows_who": True,
                    "shows_how": True,
                }
            ),
        ]
        return assessment

    @classmethod
    def _add_people(cls, assessment, group, method, number):
        assessment.participant_ids = [
            Command.create({"group_id": group.id, "method": method, "actual": number})
        ]

    @classmethod
    def _rate(cls, assessment, user=None, **values):
        values = {
            "level_id": cls.scale.level_ids[1].id,
            "status": "working",
            "finding": "Two people still wait for somebody to go swimming with.",
            **values,
        }
        for rating in assessment.summary_ids.with_user(user or cls.env.user):
            rating.write(values)
            # As in a request of that user, who is the one to have written it.
            rating.flush_recordset()

    @classmethod
    def _quote(cls, assessment, group, words, feeling, days=0, user=None):
        assessment.voice_ids.with_user(user or cls.env.user).create(
            {
                "assessment_id": assessment.id,
                "words": words,
                "group_id": group.id,
                "feeling": feeling,
                "date": cls.today - timedelta(days=days),
                "is_printed": True,
                "consent": "yes",
                "is_anonymised": True,
            }
        )

    @classmethod
    def _plan(cls, assessment, **values):
        assessment.action_ids = [
            Command.create(
                {
                    "name": "Ask about weekends",
                    "finding": "Weekends are not good yet",
                    "owner_id": cls.user_manager.id,
                    "date_due": cls.today + timedelta(days=60),
                    "service_id": assessment.service_id.id,
                    **values,
                }
            )
        ]

    def assertOpen(self, assessment, keys):
        """Exactly these questions are open."""
        assessment.invalidate_recordset()
        remarks = assessment._get_remarks()
        found = [one["key"] for one in remarks if not one["is_answered"]]
        said = [one["sentence"] for one in remarks if not one["is_answered"]]
        self.assertEqual(found, keys, said)
