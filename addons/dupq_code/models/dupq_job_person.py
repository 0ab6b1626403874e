from odoo import api, fields, models


class DupqJobPerson(models.Model):
    """For whom a job is made: one person supported.

    Whoever recruits sees a reference; the person's wishes come to the job one by
    one, each after somebody of the service has looked at it (C28).
    """

    _name = "dupq.job.person"
    _description = "Person a job is for"
    _order = "job_id, id"
    _rec_name = "person_id"

    job_id = fields.Many2one("hr.job", required=True, ondelete="cascade", index=True)
    person_id = fields.Many2one(
        "dupq.person", string="For", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="person_id.company_id", store=True)
    wish_ids = fields.One2many("dupq.job.wish", "job_person_id")

    _person_uniq = models.UniqueIndex(
        "(job_id, person_id)", "The job is for this person already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override to draw the wishes from the profiles, for somebody to look at."""
        records = super().create(vals_list)
        records._draw_wishes()
        return records

    def action_draw_wishes(self):
        """Draw again what has come into the profile since."""
        self.check_access("write")
        self._draw_wishes()

    def _draw_wishes(self):
        """Propose each wish of the profile that is not in the job yet."""
        wishes = self.env["dupq.job.wish"]
        known = {
            (wish.job_person_id.id, wish.kind, wish.trait_id.id or wish.text)
            for wish in self.wish_ids
        }
        wishes.create(
            [
                {"job_person_id": made.id, **values}
                for made in self
                for values in made.person_id._get_wishes()
                if (made.id, values["kind"], values.get("trait_id") or values["text"])
                not in known
            ]
        )
