from odoo import api, fields, models
from odoo.tools import SQL, html2plaintext

from ..advert import said_in
from ..const import WORKER
from ..host_columns import add_columns

WHO_SEES = f"{WORKER},hr.group_hr_user,hr_recruitment.group_hr_recruitment_interviewer"


class HrJob(models.Model):
    """A job can be made for somebody, and its advert be about them.

    It can be evidence too: for whom it is and how the advert speaks of them.
    """

    _name = "hr.job"
    _inherit = ["hr.job", "dupq.evidence.mixin"]

    _dupq_source_type = "job"
    _dupq_perspective = "human_resources"
    _dupq_statements = ("a3_g4",)

    dupq_job_person_ids = fields.One2many(
        "dupq.job.person", "job_id", string="Made for", groups=WHO_SEES
    )
    dupq_service_id = fields.Many2one(
        "dupq.service",
        string="For everybody at",
        groups=WHO_SEES,
        check_company=True,
        help="When the job is for all the people of a service.",
    )
    dupq_wish_ids = fields.One2many(
        "dupq.job.wish", "job_id", string="What they wish", groups=WHO_SEES
    )
    dupq_made_for = fields.Selection(
        [
            ("person", "One person"),
            ("group", "A group of people"),
            ("service", "A service"),
            ("nobody", "Nobody in particular"),
        ],
        string="Made for whom",
        compute="_compute_dupq_made_for",
        store=True,
    )
    dupq_wish_count = fields.Integer(
        string="Wishes", compute="_compute_dupq_advert", store=True
    )
    dupq_advert_count = fields.Integer(
        string="Wishes in the advert", compute="_compute_dupq_advert", store=True
    )
    dupq_is_generic = fields.Boolean(
        string="Generic advert",
        compute="_compute_dupq_advert",
        store=True,
        help="The advert says nothing of the people the job is for.",
    )
    dupq_advert_remark = fields.Char(
        string="Is the advert about them?", compute="_compute_dupq_advert_remark"
    )

    def _auto_init(self):
        """Override to leave the host's jobs untouched when we arrive."""
        add_columns(
            self.env.cr,
            self._table,
            {
                "dupq_made_for": (SQL("varchar"), "nobody"),
                "dupq_wish_count": (SQL("integer"), 0),
                "dupq_advert_count": (SQL("integer"), 0),
                "dupq_is_generic": (SQL("boolean"), True),
            },
        )
        return super()._auto_init()

    # === COMPUTE METHODS === #

    @api.depends("dupq_job_person_ids", "dupq_service_id")
    def _compute_dupq_made_for(self):
        for job in self:
            people = len(job.dupq_job_person_ids)
            if people:
                job.dupq_made_for = "person" if people == 1 else "group"
            else:
                job.dupq_made_for = "service" if job.dupq_service_id else "nobody"

    @api.depends(
        "description",
        "dupq_wish_ids.state",
        "dupq_wish_ids.text",
        "dupq_wish_ids.trait_id.name",
        "dupq_wish_ids.trait_id.words",
    )
    def _compute_dupq_advert(self):
        """Which wishes the advert takes up; an advert without any is generic."""
        for job in self:
            wishes = job.dupq_wish_ids.filtered(lambda wish: wish.state == "kept")
            advert = job._get_dupq_advert()
            found = [wish for wish in wishes if said_in(advert, wish._get_phrases())]
            job.dupq_wish_count = len(wishes)
            job.dupq_advert_count = len(found)
            job.dupq_is_generic = not found

    @api.depends("dupq_made_for", "dupq_wish_count", "dupq_advert_count")
    def _compute_dupq_advert_remark(self):
        for job in self:
            job.dupq_advert_remark = job._get_dupq_advert_remark()

    # === ACTIONS === #

    def action_dupq_wishes_open(self):
        """Show the specification line by line, to those who may look at it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What they wish"),
            "res_model": "dupq.job.wish",
            "view_mode": "list,form",
            "domain": [("job_id", "=", self.id)],
            "context": {"search_default_by_person": 1},
        }

    # === BUSINESS METHODS === #

    def _get_dupq_service(self):
        """Override to take the service the job is for, else of the department."""
        services = self.env["dupq.service"]
        # Which service a job is for may be known to everyone who sees the job.
        made_for = self.sudo().dupq_service_id
        made_for |= self.sudo().dupq_job_person_ids.person_id.service_id
        if len(made_for) == 1:
            return services.browse(made_for.id)
        return services._get_of_department(self.department_id)

    def _get_dupq_advert(self):
        """Extend with the words of another place where the job is advertised."""
        return html2plaintext(self.description or "")

    def _get_dupq_advert_remark(self):
        """One sentence in plain words about the advert, for whoever writes it."""
        if self.dupq_made_for == "nobody":
            return self.env._(
                "This job is for nobody in particular. Say for whom it is, and the "
                "people of the service can say whom they wish."
            )
        if not self.dupq_wish_count:
            return self.env._(
                "No wish of theirs is here yet. Somebody of the service looks at the "
                "wishes first, one by one."
            )
        if self.dupq_is_generic:
            return self.env._(
                "The advert says nothing of the people it is for: it could be for "
                "anybody. Take up some of their wishes."
            )
        return self.env._(
            "The advert takes up %(found)s of %(all)s wishes.",
            found=self.dupq_advert_count,
            all=self.dupq_wish_count,
        )
