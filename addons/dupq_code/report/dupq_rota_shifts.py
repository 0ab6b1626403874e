from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rota_sql import LONGEST_HOURS, get_local, get_places


class DupqRotaShifts(models.AbstractModel):
    """From a figure of the rota down to its shifts, with the eyes of who asks."""

    _name = "dupq.rota.shifts"
    _description = "Shifts behind a figure"

    @api.model
    def _get_action(self, service, month, person=None):
        """Open the shifts of a month, in whatever kind of record they are kept.

        :param person: only those counted for this person; an empty one for those
            that were counted for nobody in particular
        """
        rows = self._get_rows(service, month, person)
        own = [res_id for source_id, res_id in rows if not source_id]
        by_source = {}
        for source_id, res_id in rows:
            if source_id:
                by_source.setdefault(source_id, []).append(res_id)
        if not by_source:
            return self._open("dupq.shift", own, service)
        if own or len(by_source) > 1:
            raise UserError(
                self.env._("These shifts are kept in several places: open each there.")
            )
        [(source_id, ids)] = by_source.items()
        # Only which kind of record it is.
        model = self.env["dupq.rota.source"].sudo().browse(source_id).model
        return self._open(model, ids, service)

    @api.model
    def _open(self, model, ids, service):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Shifts: %(service)s", service=service.display_name),
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
        }

    @api.model
    def _get_rows(self, service, month, person=None):
        """The shifts that have a part in a month: list of (source id or None, id)."""
        first = fields.Datetime.to_datetime(month) - timedelta(
            days=1, hours=LONGEST_HOURS
        )
        until = fields.Datetime.to_datetime(month) + relativedelta(months=1, days=8)
        end = month + relativedelta(months=1)
        mine = SQL("TRUE")
        if person is not None:
            stays = SQL(
                """SELECT 1 FROM dupq_person_stay st
                    WHERE %(who)s AND st.service_id = r.service_id
                      AND st.date_from <= %(day)s
                      AND (st.date_to IS NULL OR st.date_to >= %(day)s)""",
                who=SQL("st.person_id = %s", person.id) if person else SQL("TRUE"),
                day=SQL("%s::date", get_local(SQL("r.start"), SQL("p.tz"))),
            )
            mine = SQL("(r.person_id IS NULL AND NOT EXISTS (%s))", stays)
            if person:
                mine = SQL(
                    "(r.person_id = %s OR r.person_id IS NULL AND EXISTS (%s))",
                    person.id,
                    stays,
                )
        begins = get_local(SQL("r.start"), SQL("p.tz"))
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT r.source_id, r.res_id FROM (%(rows)s) r
                  JOIN (%(places)s) p ON p.id = r.service_id
                 WHERE r.service_id = %(service)s AND %(mine)s
                   AND (%(begins)s < %(end)s AND %(ends)s > %(month)s
                        OR date_trunc('week', %(begins)s) >= %(month)s
                       AND date_trunc('week', %(begins)s) < %(end)s)
                """,
                rows=self.env["dupq.rota.month"]._get_rows_query(
                    first, until, service.sudo().company_id, self.env.uid
                ),
                places=get_places(self.env),
                service=service.id,
                mine=mine,
                begins=begins,
                ends=get_local(SQL("r.stop"), SQL("p.tz")),
                month=month,
                end=end,
            )
        )
