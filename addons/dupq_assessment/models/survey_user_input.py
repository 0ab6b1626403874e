from odoo import models
from odoo.tools import SQL


class SurveyUserInput(models.Model):
    """An answer to a survey that we made without names forgets whose it is.

    Surveys of others are left as they are.
    """

    _inherit = "survey.user_input"

    def _mark_done(self):
        """Extend: once it is given, nothing in it leads to the one who gave it."""
        res = super()._mark_done()
        self._dupq_without_names()._dupq_forget_sender()
        return res

    def _notify_new_participation_subscribers(self):
        """Extend: nobody is told the name of one who was promised not to be named."""
        named = self - self._dupq_without_names()
        return super(SurveyUserInput, named)._notify_new_participation_subscribers()

    def _dupq_without_names(self):
        # Only whether it is one of ours, and what people were told.
        ours_sudo = self.env["dupq.assessment.survey"].sudo()
        surveys = ours_sudo.search(
            [("survey_id", "in", self.survey_id.ids), ("is_anonymous", "=", True)]
        ).survey_id
        return self.filtered(lambda one: one.survey_id in surveys)

    def _dupq_forget_sender(self):
        """Neither a name nor an address stays, nor a time finer than the day."""
        if not self:
            return
        self.write({"partner_id": False, "email": False, "nickname": False})
        self.env.flush_all()
        lines = self.user_input_line_ids
        # In SQL because the ORM always writes down who writes, and when.
        self.env.cr.execute(
            SQL(
                """
                UPDATE survey_user_input
                   SET create_uid = NULL, write_uid = NULL,
                       create_date = date_trunc('day', create_date),
                       write_date = date_trunc('day', write_date),
                       start_datetime = date_trunc('day', start_datetime),
                       end_datetime = date_trunc('day', end_datetime)
                 WHERE id = ANY(%s)""",
                self.ids,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE survey_user_input_line
                   SET create_uid = NULL, write_uid = NULL,
                       create_date = date_trunc('day', create_date),
                       write_date = date_trunc('day', write_date)
                 WHERE id = ANY(%s)""",
                lines.ids,
            )
        )
        self.invalidate_recordset()
        lines.invalidate_recordset()
