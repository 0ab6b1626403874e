from odoo import api, fields, models

from odoo.addons.dupq_code.dates import long_date

from ..overview import get_overview
from ..steps import get_steps


class DupqAssessmentWay(models.AbstractModel):
    """The way through a self-assessment: its steps, and what is still missing.

    A part of ``dupq.assessment``, in a file of its own.
    """

    _name = "dupq.assessment.way"
    _description = "Way through a Self-assessment"

    step_ids = fields.One2many("dupq.assessment.step", "assessment_id", string="Steps")
    step_row = fields.Json(compute="_compute_overview")
    overview = fields.Html(compute="_compute_overview", sanitize=False)
    missing_count = fields.Integer(string="Still missing", compute="_compute_overview")

    # === COMPUTE METHODS === #

    def _compute_overview(self):
        for assessment in self:
            steps = assessment._get_steps()
            assessment.missing_count = sum(
                bool(step["missing"]) and step["state"] != "left_out" for step in steps
            )
            assessment.step_row = steps
            assessment.overview = self.env["ir.qweb"]._render(
                "dupq_assessment.assessment_overview",
                get_overview(assessment, steps),
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to give each self-assessment its steps."""
        assessments = super().create(vals_list)
        assessments._prepare_steps()
        return assessments

    # === BUSINESS METHODS === #

    def _prepare_steps(self):
        """One open step for each tab; nobody makes or removes one by hand."""
        model = self.env["dupq.assessment.step"]
        keys = model._fields["key"].get_values(self.env)
        # Whoever may make a self-assessment gets its steps with it.
        model.sudo().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        ).create(
            [{"assessment_id": one.id, "key": key} for one in self for key in keys]
        )

    def _get_steps(self):
        """The steps as plain values: what is missing in each, its state and dates.

        See the package ``steps`` for what is looked at.
        """
        self.ensure_one()
        rows = self.step_ids.grouped("key")
        return [
            {
                **step,
                **self._prepare_step(rows.get(step["key"], self.step_ids.browse())),
            }
            for step in get_steps(self)
        ]

    def _prepare_step(self, row):
        """State, dates and the person of a step; all empty before it is saved."""
        states = dict(row._fields["state"]._description_selection(self.env))
        return {
            "id": row.id,
            "state": row.state or "open",
            "state_words": states[row.state or "open"],
            "planned": long_date(self.env, row.date_planned),
            "done": long_date(self.env, row.date_done),
            "is_late": row.is_late,
            # Only the name of who answers for it, shown to everyone who reads it.
            "owner": row.owner_id.sudo().name or "",
            "reason": row.left_out_reason or "",
        }

    def _get_overview_values(self):
        """What the printed page shows: the same as the tab, but no group of a few."""
        self.ensure_one()
        return get_overview(self, self._get_steps(), is_paper=True)

    # === VOICES, HOWEVER MANY === #

    def _get_voices_to_print(self):
        """Those of its voices that somebody wants to print: some of very many."""
        return self.env["dupq.voice"].search(
            [("assessment_id", "in", self._origin.ids), ("is_printed", "=", True)]
        )

    def _get_voice_traces(self):
        """Who wrote voices down, by which ways they came, and on which days: sets."""
        rows = self.env["dupq.voice"]._read_group(
            [("assessment_id", "in", self._origin.ids)],
            ["create_uid", "channel", "date:day"],
        )
        writers = self.env["res.users"].union(*(writer for writer, *_rest in rows))
        channels = {channel for _writer, channel, _day in rows}
        return writers, channels, {day for *_rest, day in rows if day}

    def _finish_step(self, key):
        """What has been done shows: the step is done, whoever answers for it."""
        # Whoever may do what the step is about has done it, and the log says so.
        steps_sudo = self.step_ids.sudo().filtered(lambda step: step.key == key)
        steps_sudo._take_possible("finish")
