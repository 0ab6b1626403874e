from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from ..host_columns import add_columns
from ..matching import match


class HrApplicant(models.Model):
    """An applicant brings interests and qualities, and is matched with people.

    An application can be evidence too: how staff are chosen, and by whom.
    """

    _name = "hr.applicant"
    _inherit = ["hr.applicant", "dupq.evidence.mixin"]

    _dupq_source_type = "recruitment"
    _dupq_perspective = "human_resources"
    _dupq_statements = ("a1_g4", "a3_g4")

    # What they bring
    dupq_trait_ids = fields.Many2many(
        "dupq.trait",
        "hr_applicant_dupq_trait_rel",
        "applicant_id",
        "trait_id",
        string="Interests and qualities",
        # A word that is used no more stays with who said it.
        context={"active_test": False},
    )

    # What people see who choose
    dupq_first_name = fields.Char(
        string="Shown as", help="Empty: the first word of the name."
    )
    dupq_own_words = fields.Text(string="In their own words")
    dupq_photo = fields.Binary(string="Photograph", attachment=True, copy=False)
    dupq_photo_agreed = fields.Boolean(
        string="The photograph may be shown",
        copy=False,
        help="The applicant agreed to it.",
    )

    # Match with the people the job is for
    dupq_wanted_count = fields.Integer(
        string="Wishes", compute="_compute_dupq_match_counts", store=True
    )
    dupq_shared_count = fields.Integer(
        string="Shared", compute="_compute_dupq_match_counts", store=True
    )
    dupq_missing_count = fields.Integer(
        string="Must-haves not known",
        compute="_compute_dupq_match_counts",
        store=True,
        help="Of what people must have in their staff, nothing is known here yet. "
        "Ask: it turns nobody away.",
    )
    dupq_match = fields.Html(
        string="Shared with the people of the job",
        compute="_compute_dupq_match",
        sanitize=False,
    )

    def _auto_init(self):
        """Override to leave the host's applicants untouched when we arrive."""
        add_columns(
            self.env.cr,
            self._table,
            {
                "dupq_wanted_count": (SQL("integer"), 0),
                "dupq_shared_count": (SQL("integer"), 0),
                "dupq_missing_count": (SQL("integer"), 0),
                # Nobody of ours asked anybody before we were here.
                "dupq_final_answer": (SQL("varchar"), None),
                "dupq_choice_followed": (SQL("varchar"), None),
            },
        )
        return super()._auto_init()

    # === COMPUTE METHODS === #

    @api.depends(
        "dupq_trait_ids",
        "skill_ids",
        "job_id.dupq_wish_ids.state",
        "job_id.dupq_wish_ids.trait_id",
        "job_id.dupq_wish_ids.must_have",
    )
    def _compute_dupq_match_counts(self):
        for applicant, by_person in self._get_dupq_matches().items():
            matches = by_person.values()
            applicant.dupq_wanted_count = sum(
                len(m.shared | m.missing | m.unknown) for m in matches
            )
            applicant.dupq_shared_count = sum(len(m.shared) for m in matches)
            applicant.dupq_missing_count = sum(len(m.missing) for m in matches)

    @api.depends("dupq_shared_count", "dupq_wanted_count", "dupq_missing_count")
    @api.depends_context("lang")
    def _compute_dupq_match(self):
        """For each person of the job, in words: what is shared, what is not known."""
        matches = self._get_dupq_matches()
        traits = self.env["dupq.trait"].browse(
            {
                key
                for by_person in matches.values()
                for m in by_person.values()
                for key in m.shared | m.missing | m.unknown
            }
        )
        names = {trait.id: trait.name for trait in traits}
        for applicant, by_person in matches.items():
            applicant.dupq_match = Markup().join(
                self.env["ir.qweb"]._render(
                    "dupq_code.applicant_match",
                    {
                        "person": person.display_name,
                        "shared": _names(m.shared, names),
                        "missing": _names(m.missing, names),
                        "unknown": _names(m.unknown, names),
                    },
                )
                for person, m in sorted(
                    by_person.items(), key=lambda pair: pair[1].order
                )
            )

    # === HOOKS OF EVIDENCE === #

    def _get_dupq_person_names(self):
        """Override to protect the applicant, also as contact and as employee."""
        return {
            applicant.id: [
                name
                for name in (
                    applicant.partner_name,
                    applicant.partner_id.name,
                    applicant.employee_id.name,
                )
                if name
            ]
            for applicant in self
        }

    def _get_dupq_evidence_date(self):
        """Override to take the day the person was hired, else today."""
        return self.date_closed or super()._get_dupq_evidence_date()

    def _get_dupq_service(self):
        """Override to take the service of the department."""
        return self.env["dupq.service"]._get_of_department(self.department_id)

    # === BUSINESS METHODS === #

    def _get_dupq_brought(self):
        """What each brings, by hand or by an Odoo skill: ``{applicant: traits}``."""
        traits = self.env["dupq.trait"].with_context(active_test=False)
        traits = traits.search([("skill_ids", "in", self.skill_ids.ids)])
        return {
            applicant: applicant.dupq_trait_ids
            | traits.filtered(lambda t, a=applicant: t.skill_ids & a.skill_ids)
            for applicant in self
        }

    def _get_dupq_matches(self):
        """Each with the people their job is for: ``{applicant: {person: Match}}``.

        Only wishes that were kept for this job take part, on the one hand, and what
        the applicant brings of them on the other. Nothing else is looked at.
        """
        # Kept wishes are for all who recruit; of the person, a reference is shown.
        wishes = self.job_id.sudo().dupq_wish_ids.filtered(
            lambda wish: wish.state == "kept" and wish.trait_id
        )
        by_job = wishes.grouped("job_id")
        brought = self._get_dupq_brought()
        result = {}
        for applicant in self:
            mine = by_job.get(applicant.job_id.sudo(), wishes.browse())
            result[applicant] = {
                person_sudo.sudo(False): match(
                    wanted=theirs.trait_id.ids,
                    must_have=theirs.filtered("must_have").trait_id.ids,
                    brought=brought[applicant].ids,
                )
                for person_sudo, theirs in mine.grouped("person_id").items()
            }
        return result

    def _get_dupq_first_name(self):
        """What the applicant is called where people choose."""
        self.ensure_one()
        return self.dupq_first_name or (self.partner_name or "").split(" ")[0]


def _names(keys, names):
    return sorted(names[key] for key in keys)
