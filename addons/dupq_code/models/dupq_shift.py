import uuid

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..dates import long_date
from ..rota_sql import LONGEST_HOURS, get_local, get_places, get_touched

# What decides in which figures a shift has a part.
COUNTED = {
    "agency_ref",
    "employee_id",
    "kind",
    "person_id",
    "service_id",
    "start",
    "stop",
}


class DupqShift(models.Model):
    """A shift, for providers who keep their rota nowhere else in Odoo.

    Times are kept in UTC, as everywhere in Odoo; months, weeks and days are those of
    the clock on the wall of the service. A worker of an agency is a code, so that
    different faces can be counted, and never a name.
    """

    _name = "dupq.shift"
    _description = "Shift"
    _inherit = ["dupq.shift.load"]
    _order = "start desc, id desc"
    _check_company_auto = True

    service_id = fields.Many2one(
        "dupq.service",
        compute="_compute_service_id",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        domain=[("kind", "!=", "region")],
    )
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, precompute=True
    )
    person_id = fields.Many2one(
        "dupq.person",
        string="Person supported",
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
        help="Empty when it is for everybody who is supported there.",
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Worker", check_company=True, ondelete="set null"
    )
    agency_ref = fields.Char(
        string="Agency worker",
        help="A code that is the same each time this worker comes, e.g. AG-0417. "
        "Never a name.",
    )
    # Random, and the same on all shifts of an employee who has been deleted since.
    face_key = fields.Char(
        string="Face",
        readonly=True,
        copy=False,
        help="By it the shifts of somebody who is no longer known count as one face.",
    )
    worker = fields.Char(string="Who works", compute="_compute_worker")
    start = fields.Datetime(required=True)
    stop = fields.Datetime(string="End", required=True)
    hours = fields.Float(compute="_compute_hours", store=True, precompute=True)
    kind = fields.Selection(
        [
            ("usual", "Usual"),
            ("cover_sickness", "Cover for sickness"),
            ("cover_leave", "Cover for leave"),
            ("moved", "Moved for the organisation's convenience"),
            ("agency", "Agency"),
        ],
        required=True,
        default="usual",
    )
    reason = fields.Char(
        string="Why moved",
        help="Why somebody was moved here because it suits the organisation.",
    )
    external_ref = fields.Char(
        string="Number in the rota",
        copy=False,
        help="The number of the shift in the program it comes from: sent again, the "
        "shift is changed and not doubled.",
    )

    _times = models.Constraint(
        f"CHECK(stop > start AND stop <= start + interval '{LONGEST_HOURS} hours')",
        "A shift ends after it begins, and within two days.",
    )
    _worker = models.Constraint(
        "CHECK(employee_id IS NULL OR agency_ref IS NULL)",
        "Choose an employee or an agency worker, not both.",
    )
    _external_uniq = models.UniqueIndex(
        "(company_id, external_ref) WHERE external_ref IS NOT NULL",
        "Another shift has this number.",
    )
    # A month is read by its days, a week of a service or a worker by theirs.
    _start_idx = models.Index("(start)")
    _service_idx = models.Index("(service_id, start)")
    _employee_idx = models.Index("(employee_id, start) WHERE employee_id IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends("person_id", "start")
    def _compute_service_id(self):
        """Where the person is supported on that day, unless it is said otherwise.

        The day is that of the person's company, as for the rota that others keep.
        """
        for shift in self:
            if shift.service_id or not (shift.person_id and shift.start):
                continue
            # Only where the person is on that day.
            stays_sudo = shift.person_id.sudo().stay_ids
            day = shift._get_day(shift.person_id.sudo().company_id, shift.start)
            stay = stays_sudo.filtered(lambda s, day=day: s._is_on(day))
            shift.service_id = stay.service_id[:1].sudo(False)

    @api.depends("start", "stop")
    def _compute_hours(self):
        for shift in self:
            length = shift.start and shift.stop and shift.stop - shift.start
            shift.hours = length.total_seconds() / 3600 if length else 0

    @api.depends("employee_id", "agency_ref", "face_key")
    @api.depends_context("lang")
    def _compute_worker(self):
        gone = self.env._("No longer known")
        for shift in self:
            # Names of colleagues are shown to everyone who sees the shift.
            name = shift.employee_id.sudo().name or shift.agency_ref
            shift.worker = name or (gone if shift.face_key else False)

    @api.depends("worker", "start")
    @api.depends_context("tz")
    def _compute_display_name(self):
        for shift in self:
            begins = shift.start and fields.Datetime.context_timestamp(
                shift, shift.start
            )
            shift.display_name = " ".join(
                filter(None, [shift.worker, begins and f"{begins:%d/%m/%Y %H:%M}"])
            )

    # === CONSTRAINT METHODS === #

    @api.constrains("employee_id", "agency_ref", "kind")
    def _check_worker(self):
        for shift in self:
            if not (shift.employee_id or shift.agency_ref or shift.face_key):
                raise ValidationError(
                    self.env._("Say who works: an employee, or an agency worker.")
                )
            if shift.kind == "agency" and not shift.agency_ref:
                raise ValidationError(
                    self.env._("An employee is not an agency worker.")
                )

    # Not one of the database: what was said of somebody can be erased.
    @api.constrains("kind", "reason")
    def _check_reason(self):
        if any(shift.kind == "moved" and not shift.reason for shift in self):
            raise ValidationError(self.env._("Say why the worker was moved."))

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to have the months of the new shifts counted."""
        for vals in vals_list:
            # A file with a column for the service may leave it empty in some lines.
            if not vals.get("service_id"):
                vals.pop("service_id", None)
        shifts = super().create(vals_list)
        shifts._note_months()
        return shifts

    @api.model
    def _create(self, data_list):
        """Override to say in plain words when nobody knows where a shift is."""
        for values in (data["stored"] for data in data_list):
            if not values.get("service_id"):
                # The reference is known to whoever plans for the person.
                person_sudo = self.env["dupq.person"].sudo()
                person_sudo = person_sudo.browse(values.get("person_id"))
                raise ValidationError(
                    self.env._(
                        "Say in which service the shift of %(day)s is: “%(person)s” is "
                        "supported in none on that day.",
                        day=long_date(
                            self.env,
                            values.get("start")
                            and self._get_day(person_sudo.company_id, values["start"]),
                        ),
                        person=person_sudo.reference,
                    )
                    if person_sudo
                    else self.env._("Say in which service or for whom a shift is.")
                )
        return super()._create(data_list)

    def write(self, vals):
        """Override to have the months counted, those before and those after."""
        counts = bool(vals.keys() & COUNTED)
        if counts:
            self._note_months()
        result = super().write(vals)
        if counts:
            self._note_months()
        return result

    def unlink(self):
        """Override to have the months counted without these."""
        self._note_months()
        return super().unlink()

    def _note_months(self):
        self.flush_recordset()
        self.env["dupq.rota.change"]._note_shifts(self.ids)

    # === BUSINESS METHODS === #

    @api.model
    def _get_day(self, company, moment):
        """The day that it was, at a moment kept in UTC, where a company works."""
        moment = pytz.utc.localize(fields.Datetime.to_datetime(moment))
        return moment.astimezone(company._get_timezone()).date()

    @api.model
    def _keep_faces(self, employees):
        """Let the shifts of employees who are deleted stay those of one worker each.

        Without it several of them would be one face, and fewer faces would be counted
        for weeks gone by. Who it was is not kept, nor can it be found by the key.
        """
        if not employees:
            return
        keys = [uuid.uuid4().hex for _employee in employees]
        self.flush_model(["employee_id", "face_key"])
        # By SQL, since whoever deletes an employee need not plan their shifts.
        self.env.cr.execute(
            SQL(
                """
                UPDATE dupq_shift sh SET face_key = k.face_key
                  FROM unnest(%s, %s) AS k (employee_id, face_key)
                 WHERE sh.employee_id = k.employee_id
                """,
                employees.ids,
                keys,
            )
        )
        self.invalidate_model(["face_key"])

    @api.model
    def _get_months(self, company):
        """The months in which shifts of a company have a part."""
        self.flush_model()
        touched = get_touched(
            get_local(SQL("sh.start"), SQL("p.tz")),
            get_local(SQL("sh.stop"), SQL("p.tz")),
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT unnest(%s) FROM dupq_shift sh "
                "JOIN (%s) p ON p.id = sh.service_id WHERE sh.company_id = %s",
                touched,
                get_places(self.env),
                company.id,
            )
        )
        return {month for (month,) in rows}

    @api.model
    def _get_rows_query(self, since, until, eyes=None):
        """SQL of the shifts in the columns of ``rota_sql.COLUMNS``.

        :param eyes: id of a user; without one every shift counts, whoever may see it
        """
        self.flush_model()
        readable = SQL("TRUE")
        if eyes and not self.with_user(eyes).has_access("read"):
            readable = SQL("FALSE")
        elif eyes:
            domain = [("start", ">=", since), ("start", "<", until)]
            query = self.with_user(eyes)._search(domain)
            readable = SQL("sh.id IN %s", query.subselect())
        return SQL(
            """
            SELECT NULL::integer AS source_id, sh.id AS res_id, sh.employee_id,
                   sh.agency_ref, sh.face_key, sh.person_id, sh.service_id, sh.start,
                   sh.stop, sh.kind
              FROM dupq_shift sh
             WHERE sh.start >= %s AND sh.start < %s AND %s
            """,
            since,
            until,
            readable,
        )
