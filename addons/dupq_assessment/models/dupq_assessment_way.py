from odoo import api, fields, models

from odoo.addons.dupq_code.dates import long_date

from ..figures import Figures
from ..overview import get_overview
from ..steps import get_steps


class DupqAssessmentWay(models.AbstractModel):
    """The way through a self-assessment: its steps, and what is still missing.

    A part of ``dupq.assessment``, in a file of its own.
    """

    _name = "dupq.assessment.way"
    _description = "Way through a Self-assessment"

    step_ids = fields.One2many("dupq.assessment.step", "assessment_id", string="Steps")
    step_row = fields.Json(compute="_compute_figures")
    overview = fields.Html(compute="_compute_figures", sanitize=False)
    missing_count = fields.Integer(string="Still missing", compute="_compute_figures")
    reader_questions = fields.Html(compute="_compute_figures", sanitize=False)
    rollup = fields.Json(string="Its services", compute="_compute_figures")
    voice_count = fields.Integer(string="Voices", compute="_compute_figures")

    # === COMPUTE METHODS === #

    def _compute_figures(self):
        """What the form shows of all its parts, from the same facts."""
        figures = Figures(self)
        render = self.env["ir.qweb"]._render
        for assessment in self:
            steps = assessment._get_steps(figures)
            assessment.voice_count = figures.get_voices(assessment).count
            assessment.missing_count = sum(
                bool(step["missing"]) and step["state"] != "left_out" for step in steps
            )
            assessment.step_row = steps
            is_wide = assessment.id and assessment.scope != "service"
            assessment.rollup = assessment._get_rollup(figures) if is_wide else False
            assessment.overview = render(
                "dupq_assessment.assessment_overview",
                get_overview(assessment, steps, figures),
            )
            assessment.reader_questions = render(
                "dupq_assessment.reader_questions",
                {"remarks": figures.get_remarks(assessment)},
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to give each self-assessment its steps."""
        assessments = super().create(vals_list)
        assessments._prepare_steps()
        return assessments

    # === ACTIONS === #

    def action_write_voice(self):
        """Write down, beside the form, what somebody said."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What somebody said"),
            "res_model": "dupq.voice",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_assessment_id": self.id},
        }

    def action_open_voices(self):
        """Show everything that people said: to find, to add to and to change."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_voice_action_assessment"
        )
        is_open = self.state in ("planned", "running")
        return {
            **action,
            "domain": [("assessment_id", "=", self.id)],
            "context": {
                "default_assessment_id": self.id,
                "dupq_code_id": self.code_id.id,
                "create": is_open,
                "edit": is_open,
                "delete": is_open,
            },
        }

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

    def _get_steps(self, figures=None):
        """The steps as plain values: what is missing in each, its state and dates.

        See the package ``steps`` for what is looked at.

        :param figures: those of all whose steps are wanted, see ``Figures``
        """
        self.ensure_one()
        figures = figures or Figures(self)
        rows = self.step_ids.grouped("key")
        return [
            {
                **step,
                **self._prepare_step(rows.get(step["key"], self.step_ids.browse())),
            }
            for step in get_steps(self, figures)
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
        figures = Figures(self)
        return get_overview(self, self._get_steps(figures), figures, is_paper=True)

    def _finish_step(self, key):
        """What has been done shows: the step is done, whoever answers for it."""
        # Whoever may do what the step is about has done it, and the log says so.
        steps_sudo = self.step_ids.sudo().filtered(lambda step: step.key == key)
        steps_sudo._take_possible("finish")
