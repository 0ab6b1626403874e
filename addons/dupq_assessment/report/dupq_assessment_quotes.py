from odoo import api, models
from odoo.tools import groupby

from ..models.publication_contents import AREA_PICTURES
from ..models.publication_print import picture
from ..saying import FEELINGS

# A wall holds no more; those chosen for the report come first.
MOST_QUOTES = 120


class ReportDupqAssessmentQuotes(models.AbstractModel):
    """What people said, in big letters: for a wall, or for the middle of a table.

    Only what the person agreed to, and in which nobody is named: the same rule as in
    the public report, whether it was chosen for that or not.
    """

    _name = "report.dupq_assessment.quotes"
    _description = "Quotes for the Wall"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Plain values of each sheet, ready to print."""
        assessments = self.env["dupq.assessment"].browse(docids)
        assessments.check_access("read")
        return {
            "sheets": [self._prepare_sheet(one) for one in assessments],
            "lang": (self.env.lang or "en_GB").replace("_", "-"),
        }

    @api.model
    def _prepare_sheet(self, assessment):
        voices = (
            self.env["dupq.voice"]
            .search(
                [
                    ("assessment_id", "=", assessment.id),
                    ("consent", "=", "yes"),
                    ("is_anonymised", "=", True),
                    ("words", "not in", (False, "")),
                ],
                order="is_printed desc, id",
                limit=MOST_QUOTES,
            )
            .filtered(lambda voice: voice.words.strip())
        )
        voices = voices.sorted(lambda one: (one.area_id.sequence, one.area_id.id))
        return {
            "place": assessment._get_place_name(),
            "areas": [
                {
                    "name": area.shown_name or self.env._("Said of all of it"),
                    "picture": picture(
                        AREA_PICTURES.get(area.reference, "speech-balloon")
                    ),
                    "quotes": [self._prepare_quote(voice) for voice in said],
                }
                for area, said in groupby(voices, lambda one: one.area_id)
            ],
        }

    @api.model
    def _prepare_quote(self, voice):
        pictures = FEELINGS.get(voice.feeling)
        return {
            "words": voice.words.strip(),
            "group": voice.group_id.name,
            "picture": picture(pictures) if pictures else "",
        }
