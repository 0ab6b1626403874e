from odoo import api, fields, models

from ..const import MANAGER
from ..workflow import Transition


class DupqPersonConsent(models.Model):
    """What a person agreed to, when, and how they said so; they may change it."""

    _name = "dupq.person.consent"
    _description = "Consent of a person"
    _inherit = ["dupq.workflow"]
    _order = "person_id, purpose, id"

    _transitions = (
        Transition(
            "give",
            source=("asked", "refused", "withdrawn"),
            target="given",
            group=MANAGER,
            guard="_why_not_give",
            label="The person agrees",
        ),
        Transition(
            "refuse",
            source="asked",
            target="refused",
            group=MANAGER,
            label="The person does not agree",
        ),
        Transition(
            "withdraw",
            source="given",
            target="withdrawn",
            group=MANAGER,
            label="The person changed their mind",
        ),
    )

    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("given", "Given"),
            ("refused", "Not given"),
            ("withdrawn", "Taken back"),
        ],
        default="asked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    person_id = fields.Many2one(
        "dupq.person", required=True, ondelete="cascade", index=True
    )
    purpose = fields.Selection(
        [
            ("specification", "My wishes in a job for my staff"),
            ("choosing", "My answers when I choose staff are kept"),
            ("recording", "My voice or picture is kept"),
            ("feedback", "What I say of my staff is shown to them"),
        ],
        string="What for",
        required=True,
    )
    date = fields.Date(default=fields.Date.context_today)
    how = fields.Text(
        string="How the person said it", help="In words, signs, pictures or otherwise."
    )
    best_interests = fields.Boolean(
        string="Decided in their best interests",
        help="The person could not decide this themselves; the decision and who took "
        "part is in their file (Mental Capacity Act 2005).",
    )

    _purpose_uniq = models.UniqueIndex(
        "(person_id, purpose)", "They were asked about this already: change that one."
    )

    @api.depends("purpose", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        for consent in self:
            consent.display_name = purposes.get(consent.purpose, "")

    # === ACTIONS === #

    def action_give(self):
        """Record that the person agrees."""
        return self._take("give")

    def action_refuse(self):
        """Record that the person does not agree."""
        return self._take("refuse")

    def action_withdraw(self):
        """Record that the person changed their mind."""
        return self._take("withdraw")

    # === GUARDS === #

    def _why_not_give(self):
        return {
            consent: self.env._("Write down first when and how the person said so.")
            for consent in self
            if not (consent.date and (consent.how or "").strip())
        }

    # === BUSINESS METHODS === #

    def _took(self, name):
        """Extend to take wishes out of all jobs at once, and to end links."""
        super()._took(name)
        if name != "withdraw":
            return
        self.env["dupq.invitation"]._stop_without(self)
        people = self.filtered(lambda c: c.purpose == "specification").person_id
        # The person's own will counts, in jobs the user may not open too.
        wishes_sudo = self.env["dupq.job.wish"].sudo()
        wishes_sudo.search(
            [("person_id", "in", people.ids), ("state", "=", "kept")]
        )._take("leave_out")
