from odoo import api, fields, models
from odoo.tools import SQL


class DupqWorkflowReminder(models.Model):
    """What somebody was already told about the deadline of a record.

    The memory of the clock, so that nobody is told twice however often it runs.
    A deadline that moves to another day may be told again.
    """

    _name = "dupq.workflow.reminder"
    _description = "Reminder of a deadline"
    _order = "id desc"
    _log_access = False

    model_id = fields.Many2one(
        "ir.model", required=True, index=True, ondelete="cascade"
    )
    res_id = fields.Integer(string="Record number", required=True)
    transition = fields.Char(required=True)
    date = fields.Date(string="Deadline", required=True)
    kind = fields.Char(required=True, help="Days before the deadline, or 'refused'.")

    _told_once = models.UniqueIndex("(model_id, res_id, transition, date, kind)")

    @api.model
    def _claim(self, transition, dates, kind):
        """Note that these are told now; keep those that nobody was told before.

        :param dates: ``{record: the day of its deadline}``
        :return: the list of the records to tell about
        """
        if not dates:
            return []
        records = list(dates)
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s (model_id, res_id, transition, date, kind)
                   SELECT %(model_id)s, t.res_id, %(transition)s, t.date, %(kind)s
                     FROM unnest(%(ids)s::int[], %(dates)s::date[]) AS t(res_id, date)
                   ON CONFLICT DO NOTHING RETURNING res_id""",
                table=SQL.identifier(self._table),
                model_id=self.env["ir.model"]._get_id(records[0]._name),
                transition=transition.name,
                kind=kind,
                ids=[record.id for record in records],
                dates=list(dates.values()),
            )
        )
        new = {res_id for (res_id,) in self.env.cr.fetchall()}
        return [record for record in records if record.id in new]
