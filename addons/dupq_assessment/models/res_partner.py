from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Where somebody is named as taking part, those of the place come first.

    Only where our own fields ask for it; contacts are shown as ever elsewhere.
    """

    _inherit = "res.partner"

    @api.depends_context("dupq_taking_part", "uid")
    def _compute_display_name(self):
        """Extend to say who somebody is here, and whether they have a login."""
        super()._compute_display_name()
        if not (assessment := self._get_taking_part()):
            return
        here = self._get_people_of(assessment)
        # Whether there is a login, for who names somebody who should follow it.
        logins = self.sudo().filtered(lambda one: one.user_ids)
        is_formatted = self.env.context.get("formatted_display_name")
        pattern = "%s \t --%s--" if is_formatted else "%s (%s)"
        for partner in self:
            login = (
                self.env._("has a login")
                if partner.sudo() in logins
                else self.env._("no login")
            )
            known = [here[partner.id]] if partner.id in here else []
            said = ", ".join([*known, login])
            partner.display_name = pattern % (partner.display_name, said)

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Extend to begin with the people of the place, then those with a login."""
        assessment = self._get_taking_part()
        if not assessment:
            return super().name_search(name, domain, operator, limit)
        here = Domain("id", "in", list(self._get_people_of(assessment)))
        login = Domain("user_ids.active", "=", True)
        domain = Domain(domain or Domain.TRUE)
        found = []
        for some in (here, ~here & login, ~here & ~login):
            left = limit - len(found) if limit else limit
            if limit and left <= 0:
                break
            found += super().name_search(name, domain & some, operator, left)
        return found

    @api.model
    def _get_taking_part(self):
        """The self-assessment for which somebody is chosen, if the reader reads it.

        Odoo asks for names in sudo mode; here the rules of the reader hold.
        """
        number = self.env.context.get("dupq_taking_part")
        model = self.env["dupq.assessment"].sudo(False)
        if not isinstance(number, int) or not model.has_access("read"):
            return model
        return model.browse(number).exists()._filtered_access("read")

    @api.model
    def _get_people_of(self, assessment):
        """Whom the reader knows there: ``{id: who they are}``.

        Under the rules of the reader: who may not read a person is not told of them.
        """
        _ = self.env._
        env = assessment.env
        services = assessment._get_services()
        today = fields.Date.context_today(self)
        people = {}
        members = env["dupq.service.member"]
        if members.has_access("read"):
            current = members.search(
                [
                    ("service_id", "in", services.ids),
                    ("date_from", "<=", today),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", today),
                ]
            )
            # The contact behind the login of a colleague.
            for partner in current.sudo().user_id.partner_id:
                people[partner.id] = _("works here")
        if env["dupq.person"].has_access("read"):
            supported = env["dupq.person"].search([("service_id", "in", services.ids)])
            circle = supported.circle_ids.filtered(lambda one: one.state == "agreed")
            for partner in circle.partner_id:
                people[partner.id] = _("family or friend of somebody here")
            for partner in supported.sudo().user_id.partner_id:
                people[partner.id] = _("supported here")
        return people
