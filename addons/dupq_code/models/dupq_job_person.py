from odoo import api, fields, models
from odoo.exceptions import UserError


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
    ask_activity_ids = fields.Many2many(
        "mail.activity",
        "dupq_job_person_activity_rel",
        "job_person_id",
        "activity_id",
        string="Asked of the service",
        readonly=True,
        copy=False,
    )

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

    def _get_without_wishes(self):
        """Those of whose wishes none was kept, agreed or not."""
        return self.filtered(lambda made: "kept" not in made.wish_ids.mapped("state"))

    def _get_unasked(self):
        """Those whose service has nothing to do about it at the moment."""
        return self.filtered(lambda made: not made.ask_activity_ids)

    def _ask_service(self):
        """Give who manages the service of each a thing to do about the job."""
        managers = self.person_id.service_id._get_nearest_managers()
        activities = self.env["mail.activity"].with_context(
            # In their list of things to do is enough: no mail, and no following.
            mail_activity_quick_update=True,
            dupq_no_follow=True,
        )
        for job, of_job in self.grouped("job_id").items():
            for service, made in of_job.grouped(
                lambda made: made.person_id.service_id
            ).items():
                users = managers.get(service)
                if not users:
                    raise UserError(
                        self.env._(
                            "Nobody can be asked: no service of the person has a "
                            "manager who can sign in. Tell the quality lead."
                        )
                    )
                made.ask_activity_ids = activities.create(
                    [job._prepare_dupq_ask_values(user) for user in users]
                )

    def _end_asking(self):
        """What was asked of the service is done."""
        # The things to do are the managers', and about this alone.
        self.sudo().ask_activity_ids.unlink()
