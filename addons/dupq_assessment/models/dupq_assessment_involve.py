from odoo import Command, api, fields, models
from odoo.tools import SQL

from ..const import VOICES_NEEDED
from ..figures import select_rows

MANAGERS = (
    "dupq_code.dupq_stakeholder_group_team_managers",
    "dupq_code.dupq_stakeholder_group_senior_managers",
    "dupq_code.dupq_stakeholder_group_board",
)


class DupqAssessmentInvolve(models.AbstractModel):
    """Who takes part in a self-assessment: wanted, come, and still missing.

    A part of ``dupq.assessment``, in a file of its own.
    """

    _name = "dupq.assessment.involve"
    _description = "Taking Part in a Self-assessment"

    participant_ids = fields.One2many(
        "dupq.assessment.participant", "assessment_id", copy=True
    )
    participant_count = fields.Integer(
        string="People who took part", compute="_compute_participant_count", store=True
    )
    planned_count = fields.Integer(
        string="People wanted", compute="_compute_participant_count", store=True
    )
    few_voices = fields.Char(compute="_compute_few_voices")
    is_managers_only = fields.Boolean(
        string="Only managers took part", compute="_compute_few_voices"
    )
    few_voices_reason = fields.Text(
        string="Why we go on without them",
        copy=False,
        help="Printed in the public report.",
    )

    # === COMPUTE METHODS === #

    @api.depends("participant_ids.actual", "participant_ids.planned")
    def _compute_participant_count(self):
        for assessment in self:
            lines = assessment.participant_ids
            assessment.participant_count = sum(lines.mapped("actual"))
            assessment.planned_count = sum(lines.mapped("planned"))

    @api.depends("participant_ids.actual", "participant_ids.group_id")
    def _compute_few_voices(self):
        """Name the groups without whom it is a report by managers alone."""
        needed = self._get_known_groups(VOICES_NEEDED)
        managers = self._get_known_groups(MANAGERS)
        came = self._get_groups_that_came()
        for assessment in self:
            present = came[assessment]
            missing = (needed - present).mapped("name")
            assessment.few_voices = ", ".join(missing)
            assessment.is_managers_only = bool(present) and present <= managers

    # === ACTIONS === #

    def action_plan_groups(self):
        """Add a line for each group of people that has none yet."""
        groups = self.env["dupq.stakeholder.group"].search([("active", "=", True)])
        for assessment in self:
            assessment.participant_ids = [
                Command.create({"group_id": group.id})
                for group in groups - assessment.participant_ids.group_id
            ]

    def action_plan_services(self):
        """Add to each service lines for those whose lives it is about, if missing."""
        groups = self._get_known_groups(VOICES_NEEDED)
        for assessment in self:
            planned = {
                (line.service_id, line.group_id) for line in assessment.participant_ids
            }
            assessment.participant_ids = [
                Command.create({"group_id": group.id, "service_id": service.id})
                for service in assessment._get_homes()
                for group in groups
                if (service, group) not in planned
            ]

    def action_count_answers(self):
        """Count now who has answered by a link or in their account."""
        self.check_access("write")
        self.participant_ids._count_again()

    def action_open_participation(self):
        """Show who takes part where: groups down, services across."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_assessment_participant_action"
        )
        return {
            **action,
            "domain": [("assessment_id", "=", self.id)],
            "context": {"default_assessment_id": self.id},
            "views": [(False, "pivot"), (False, "list"), (False, "form")],
        }

    # === BUSINESS METHODS === #

    @api.model
    def _get_known_groups(self, xmlids):
        """Those of the groups that are still there, known without asking for them."""
        data = self.env["ir.model.data"]
        ids = [data._xmlid_to_res_id(xmlid) for xmlid in xmlids]
        return self.env["dupq.stakeholder.group"].browse(filter(None, ids))

    def _get_groups_that_came(self):
        """{self-assessment: the groups of which somebody took part}."""
        groups = self.env["dupq.stakeholder.group"]
        kept = self.filtered("id")
        # What somebody is just changing in a form is not in the database yet.
        came = {
            one: one.participant_ids.filtered("actual").group_id for one in self - kept
        }
        # Of the others, not line by line: there may be some for each service.
        model = self.env["dupq.assessment.participant"]
        rows = select_rows(
            model,
            [("assessment_id", "in", kept.ids), ("actual", "!=", 0)],
            ("assessment_id",),
            SQL(
                "array_agg(DISTINCT %s)", model._field_to_sql(model._table, "group_id")
            ),
        )
        ids = dict(rows)
        return came | {one: groups.browse(ids.get(one.id, ())) for one in kept}

    def _count_by_group(self):
        """How many people of each group took part: {group: number}."""
        self.ensure_one()
        model = self.env["dupq.assessment.participant"]
        rows = select_rows(
            model,
            [("assessment_id", "=", self._origin.id)],
            ("group_id",),
            SQL("sum(%s)", model._field_to_sql(model._table, "actual")),
        )
        groups = self.env["dupq.stakeholder.group"]
        return {groups.browse(group): number or 0 for group, number in rows}

    def _get_homes(self):
        """The services it looks at in which people are supported: no regions."""
        return self._get_services().filtered(lambda one: one.kind != "region")

    def _get_unheard_homes(self, figures):
        """Those of several services from which nobody of those needed has come."""
        self.ensure_one()
        if self.scope == "service":
            return self.env["dupq.service"]
        ids = figures.get_heard_services(self)
        homes = [
            one.id
            for one in figures.get_services(self)
            if one.kind != "region" and one.id not in ids
        ]
        return self.env["dupq.service"].browse(homes)
