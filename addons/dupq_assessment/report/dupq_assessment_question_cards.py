from odoo import api, models
from odoo.tools import groupby

from ..models.publication_print import picture
from ..saying import FEELINGS

# Whom a card asks; others write in.
GROUPS = ("people_supported", "families", "support_staff")


class ReportDupqAssessmentQuestionCards(models.AbstractModel):
    """The questions on paper, in Easy Read: a sheet or more for each area.

    What comes back is typed in as voices that came by a printed card.
    """

    _name = "report.dupq_assessment.question_cards"
    _description = "Question cards"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Plain values of each sheet, ready to print."""
        assessments = self.env["dupq.assessment"].browse(docids)
        assessments.check_access("read")
        groups = self.env["dupq.stakeholder.group"]
        for name in GROUPS:
            xmlid = f"dupq_code.dupq_stakeholder_group_{name}"
            groups |= self.env.ref(xmlid, raise_if_not_found=False) or groups
        return {
            "sheets": [
                sheet for one in assessments for sheet in self._prepare_sheets(one)
            ],
            "answers": self._prepare_answers(),
            "groups": groups.mapped("name"),
            "lang": (self.env.lang or "en_GB").replace("_", "-"),
        }

    @api.model
    def _prepare_sheets(self, assessment):
        cards = assessment.code_id._get_cards(assessment.company_id.id, "easy_read")
        # Whoever may print the cards may know where to send them back.
        company_sudo = assessment.company_id.sudo()
        where = (company_sudo.name, company_sudo.phone, company_sudo.email)
        return [
            {
                "place": assessment._get_place_name(),
                "area": inside[0].area,
                "picture": picture(inside[0].picture),
                "questions": [card.text for card in inside],
                "back_to": ", ".join(part for part in where if part),
            }
            for _area_id, inside in groupby(cards, lambda card: card.area_id)
        ]

    @api.model
    def _prepare_answers(self):
        _ = self.env._
        labels = {
            "good": _("Good"),
            "mixed": _("In between"),
            "not_yet": _("Not good"),
        }
        return [
            {"label": labels[key], "picture": picture(name)}
            for key, name in FEELINGS.items()
        ]
