from odoo import fields, models

# So many quotes are named; of more there is a list.
SHOWN_AT_ONCE = 5


class DupqAssessmentQuotes(models.AbstractModel):
    """The quotes that somebody wants to print and that may not be printed yet.

    A part of ``dupq.assessment``, in a file of its own. They are told of from the
    start, stand in the way of publishing only, and are cleared until then: the
    consent is recorded, or the quote is taken out.
    """

    _name = "dupq.assessment.quotes"
    _description = "Quotes to Clear"

    open_quotes = fields.Text(
        string="Quotes that may not be printed yet", compute="_compute_open_quotes"
    )

    def _compute_open_quotes(self):
        for assessment in self:
            assessment.open_quotes = assessment._say_open_quotes()

    def action_open_quotes(self):
        """Open the quotes to clear, as a list in which it can be done."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_voice_action_quotes"
        )
        return {**action, "domain": [("id", "in", self._get_open_quotes().ids)]}

    def _get_open_quotes(self):
        """Those to print that lack a consent, or words in which nobody is known."""
        asked = self.printed_voice_ids
        return asked - asked._may_be_printed()

    def _say_open_quotes(self):
        """The first of them, and what each lacks: a line each."""
        quotes = self._get_open_quotes()
        lines = [quote._get_what_lacks() for quote in quotes[:SHOWN_AT_ONCE]]
        if more := len(quotes[SHOWN_AT_ONCE:]):
            lines.append(self.env._("And %(number)s more.", number=more))
        return "\n".join(lines)

    def _tell_open_quotes(self):
        """What to show when it is completed all the same; nothing if there are none."""
        told = [said for one in self if (said := one._say_open_quotes())]
        if not told:
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Completed. These quotes cannot be published yet:"),
                "message": "\n".join(told),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
