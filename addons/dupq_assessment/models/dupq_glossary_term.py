from odoo import api, fields, models
from odoo.exceptions import UserError

from ..plain_words import Term


class DupqGlossaryTerm(models.Model):
    """A word that readers may stumble over, and what to say in its place.

    A list of usual ones is shared by all companies. A company adds its own, and says
    of a word that it uses it on purpose: then nothing remarks on that word there.
    """

    _name = "dupq.glossary.term"
    _description = "Word of the Glossary"
    _order = "name, id"

    name = fields.Char(string="Word", required=True, index="trigram")
    plain = fields.Char(
        string="Say instead", help="Plain words, or what the letters stand for."
    )
    kind = fields.Selection(
        [
            ("jargon", "Say it more plainly"),
            ("acronym", "Letters to explain"),
            ("our_term", "Our word, keep it"),
        ],
        required=True,
        default="jargon",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty for a word of the shared list.",
    )
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex(
        "(lower(name), COALESCE(company_id, 0))",
        "This word is in the glossary already.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        if not all(term.company_id for term in self):
            raise UserError(
                self.env._("A word of the shared list is archived, not deleted.")
            )

    @api.model
    def _get_terms(self, company):
        """The glossary of a company for `plain_words`; its own word goes first."""
        terms = {}
        # The company's own comes last, and so replaces the shared one.
        for term in self.search_fetch(
            [("company_id", "in", (False, company.id))],
            ["name", "plain", "kind", "company_id"],
            order="id",
        ).sorted(lambda one: bool(one.company_id)):
            terms[term.name.lower()] = Term(term.name, term.plain or "", term.kind)
        return list(terms.values())
