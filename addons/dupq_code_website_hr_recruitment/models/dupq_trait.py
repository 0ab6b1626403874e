from odoo import api, fields, models


class DupqTrait(models.Model):
    """A word can be asked on the jobs page, where everybody reads it."""

    _inherit = "dupq.trait"

    is_on_jobs_page = fields.Boolean(
        string="On the jobs page",
        help="Applicants can tick it, so everybody reads it. Leave out what tells who "
        "somebody is: no faith, origin, age, sex or health, and nothing by which one "
        "person could be known.",
    )

    @api.model
    def _get_asked(self):
        """What the jobs page asks: pairs of id and words, by kind."""
        asked = self.search([("is_on_jobs_page", "=", True)])
        return {
            kind: [(trait.id, trait.name) for trait in traits]
            for kind, traits in asked.grouped("kind").items()
        }

    @api.model
    def _split_ticked(self, ticked):
        """Ids of the traits that are there, and in words whatever else was sent."""
        sent = dict.fromkeys(word.strip() for word in ticked.split(","))
        numbers = [
            int(word)
            for word in sent
            if word.isascii() and word.isdigit() and len(word) < 10
        ]
        found = self.with_context(active_test=False).search([("id", "in", numbers)])
        by_key = {str(trait.id): trait for trait in found}
        known = [key for key in sent if key in by_key and by_key[key].active]
        others = [
            by_key[key].name if key in by_key else key
            for key in sent
            if key and key not in known
        ]
        return known, others
