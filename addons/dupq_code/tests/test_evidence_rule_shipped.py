from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common_rule_shipped import Shipped
from .common_rule_shipped_checks import ShippedChecks
from .common_rule_training import UNCHECKED, ShippedTrainingCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleShipped(ShippedChecks, ShippedTrainingCommon):
    """Each rule that is shipped: what fits, what does not, what changes."""

    # See test_evidence_rule_choices, _rota and test_staff_feedback.
    _elsewhere = (
        "shortlist_by_people",
        "met_by_people",
        "chosen_by_people",
        "family_helped_choose",
        "job_for_person",
        "generic_advert",
        "staff_feedback",
        "family_feedback",
        "rota_chosen",
        "rota_chosen_not_yet",
        "rota_matched",
        "rota_matched_not_yet",
        "rota_faces",
        "rota_faces_not_yet",
        "rota_known_cover",
        "rota_known_cover_not_yet",
        "rota_agency",
        "rota_agency_not_yet",
        "rota_moved",
        "rota_moved_not_yet",
    )

    def _get_table(self):
        ago = timedelta
        tomorrow = fields.Datetime.now() + ago(days=1)
        return (
            *super()._get_table(),
            Shipped(
                "course_done",
                self._create_course,
                "date_end",
                (
                    {"line_type_id": self.education.id},
                    {"date_end": False},
                    UNCHECKED,
                ),
                {"date_end": self.today - ago(days=9)},
                "Training: course finished on {}",
            ),
            Shipped(
                "qualification_gained",
                self._create_certificate,
                "valid_from",
                (
                    {
                        "skill_type_id": self.skill_type.id,
                        "skill_id": self.skill_type.skill_ids.id,
                        "skill_level_id": self.skill_type.skill_level_ids.id,
                    },
                    {"valid_from": self.today + ago(5)},
                    UNCHECKED,
                ),
                {"valid_from": self.today - ago(days=20)},
                "Medication gained on {}",
                state="accepted",
            ),
            Shipped(
                "qualification_ran_out",
                self._create_expired,
                "valid_to",
                ({"valid_to": self.today}, {"valid_to": False}, UNCHECKED),
                {"valid_to": self.yesterday},
                "Medication ran out on {}",
                state="accepted",
            ),
            Shipped(
                "applicant_met",
                self._create_meeting,
                "start",
                (
                    {"applicant_id": False},
                    {"start": tomorrow, "stop": tomorrow},
                    {"privacy": "private"},
                ),
                {"start": fields.Datetime.now() - ago(days=6)},
                "Applicant for Support worker met on {}",
                archived=False,
            ),
            Shipped(
                "interview",
                self._create_interview,
                "start",
                (
                    {"applicant_id": False},
                    {"start": tomorrow, "stop": tomorrow},
                    {"partner_ids": [Command.set(self.env.user.partner_id.ids)]},
                    {"privacy": "private"},
                ),
                {"start": fields.Datetime.now() - ago(days=6)},
                "Interview for Support worker with named people on {}",
                archived=False,
            ),
            Shipped(
                "appraisal_met",
                self._create_appraisal,
                "start",
                (
                    {"res_id": False},
                    {"categ_ids": [Command.clear()]},
                    {"start": tomorrow, "stop": tomorrow},
                    {"privacy": "private"},
                ),
                {"start": fields.Datetime.now() - ago(days=6)},
                "Appraisal meeting on {}",
                archived=False,
            ),
            Shipped(
                "applicant_hired",
                self._create_hired,
                "date_closed",
                (
                    {"stage_id": self.first_stage.id},
                    {"refuse_reason_id": self.refused.id},
                ),
                {"date_closed": fields.Datetime.now() - ago(days=2)},
                "Hired for Support worker on {}",
                archived=True,
            ),
            Shipped(
                "hired_as_chosen",
                self._create_hired_as_chosen,
                "date_closed",
                (
                    {"dupq_override_reason": "Somebody else decided."},
                    {"stage_id": self.first_stage.id},
                ),
                {"date_closed": fields.Datetime.now() - ago(days=2)},
                "Support worker: hired on {} as people chose",
                state="accepted",
                archived=True,
            ),
            Shipped(
                "hired_against_choice",
                self._create_hired_against_choice,
                "date_closed",
                (
                    {"dupq_override_reason": False},
                    {"stage_id": self.first_stage.id},
                ),
                {"date_closed": fields.Datetime.now() - ago(days=2)},
                "Support worker: hired on {}, and people chose otherwise",
                state="accepted",
                archived=True,
            ),
        )
