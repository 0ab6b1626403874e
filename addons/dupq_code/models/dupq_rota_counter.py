from datetime import timedelta

from dateutil.relativedelta import MO, relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..rota_sql import (
    COLUMNS,
    LONGEST_HOURS,
    get_chosen,
    get_known_there,
    get_local,
    get_matched,
    get_places,
    get_utc,
)

# What is counted for each line, after (company, service, person, month).
FIGURES = (
    "hours",
    "chosen_hours",
    "matched_hours",
    "agency_hours",
    "cover_hours",
    "cover_known_hours",
    "moved_hours",
    "move_count",
    "shift_count",
    "week_count",
    "faces_sum",
    "faces_avg",
    "faces_max",
)
# What a shift is counted by: each is kept on disk for a while, so nothing else is.
CARRIED = (
    "company_id",
    "service_id",
    "employee_id",
    "agency_ref",
    "face_key",
    "kind",
    "start",
    "stop",
    "begins",
    "ends",
)
KEY = ("company_id", "service_id", "person_id", "month")
COUNTED = SQL.identifier("dupq_rota_counted")
# A clock on a wall is at most so far from UTC.
FROM_UTC = timedelta(hours=14)


class DupqRotaCounter(models.AbstractModel):
    """Counts the months of the rota from the shifts, in one statement for a span.

    A part of ``dupq.rota.month``. What a line says:

    - hours are hours on the clock that ran: a night in which summer time ends has one
      more than its times say. Each month has the part of a shift that lies in it, from
      midnight to midnight of the clock on the wall of the service;
    - a shift, a face and a move belong to the day on which the shift begins, a week to
      the month of its Monday. Two shifts of one worker in a week are one face;
    - chosen: the person's last final answer about this worker, given by the day of the
      shift by themselves or with a supporter, is yes;
    - matched: the worker was hired by that day for a job made for the person, and
      shares at least one of the wishes;
    - known: see ``rota_sql.get_known_there``.
    """

    _name = "dupq.rota.counter"
    _description = "Counting of the rota"

    # === COUNTING === #

    @api.model
    def _count(self, first, last, companies=None):
        """Bring the lines of these months up to date; what is the same is not touched.

        :param first: first day of the first month
        :param last: first day of the last month
        """
        self.env.flush_all()
        self._fill_counted(first, last, companies)
        self._keep_counted(first, last, companies)
        self.env["dupq.rota.indicator"]._keep(first, last, companies)
        self.env.invalidate_all()

    @api.model
    def _fill_counted(self, first, last, companies=None):
        """What the shifts say, in ``dupq_rota_counted``, a table of the transaction."""
        self.env.cr.execute(
            SQL(
                # A year is sorted once, in memory; and how many lines there are
                # decides how they are compared below.
                "DROP TABLE IF EXISTS %(table)s;"
                "SET LOCAL work_mem = '64MB';"
                "CREATE TEMPORARY TABLE %(table)s ON COMMIT DROP AS %(counted)s;"
                "SET LOCAL work_mem TO DEFAULT;"
                "ANALYZE %(table)s",
                table=COUNTED,
                counted=self._get_counted_query(first, last, companies),
            )
        )

    @api.model
    def _get_rows_query(
        self, since, until, companies=None, eyes=None, is_counted=False
    ):
        """SQL of the shifts that begin between two moments, from every source.

        :param eyes: id of a user: only what this user may read
        :param is_counted: none may be left out; else a source that can look no more,
            and is not paused yet, shows nothing
        """
        rows = [self.env["dupq.shift"]._get_rows_query(since, until, eyes)]
        domain = [("state", "=", "on")]
        if companies:
            domain.append(("company_id", "in", companies.ids))
        # Which sources there are is not the reader's to know; each then reads with
        # the rights of its owner, or of the reader.
        for source_sudo in self.env["dupq.rota.source"].sudo().search(domain):
            if not is_counted and source_sudo._why_no_sight(eyes):
                continue
            rows.append(source_sudo._get_rows_query(since, until, eyes))
        columns = SQL(", ").join(SQL.identifier(name) for name in COLUMNS)
        return SQL(" UNION ALL ").join(
            SQL("SELECT %s FROM (%s) r", columns, row) for row in rows
        )

    @api.model
    def _get_counted_query(self, first, last, companies=None):
        end = last + relativedelta(months=1)
        since = fields.Datetime.to_datetime(first) - FROM_UTC
        # The whole of the week that begins on the last Monday.
        monday = end - relativedelta(days=1, weekday=MO(-1))
        until = fields.Datetime.to_datetime(monday + timedelta(days=7)) + FROM_UTC
        next_month = SQL("date_trunc('month', begins) + interval '1 month'")
        covers = SQL("m.kind IN ('cover_sickness', 'cover_leave')")
        day = SQL("m.begins::date")
        return SQL(
            """
            WITH place AS (%(places)s),
            wall AS (
                SELECT r.*, p.company_id, p.tz,
                       %(begins)s AS begins, %(ends)s AS ends
                  FROM (%(rows)s) r
                  JOIN place p ON p.id = r.service_id AND %(companies)s
                 WHERE r.stop > %(since)s
                OFFSET 0),
            shift AS (
                SELECT person_id, %(carried)s,
                       CASE WHEN ends > %(next_month)s THEN %(turn)s END AS turn
                  FROM wall),
            met AS (
                SELECT person_id, %(carried)s, turn
                  FROM shift WHERE person_id IS NOT NULL
             UNION ALL
                SELECT st.person_id, %(carried_alone)s, sh.turn
                  FROM shift sh
             LEFT JOIN dupq_person_stay st
                    ON st.service_id = sh.service_id
                   AND st.date_from <= sh.begins::date
                   AND (st.date_to IS NULL OR st.date_to >= sh.begins::date)
                 WHERE sh.person_id IS NULL),
            part AS (
                SELECT m.*, date_trunc('month', begins)::date AS month, 1 AS begun,
                       LEAST(stop, turn) - start AS length
                  FROM met m
                 WHERE begins >= %(first)s AND begins < %(end)s
             UNION ALL
                SELECT m.*, date_trunc('month', ends)::date, 0, stop - turn
                  FROM met m
                 WHERE turn IS NOT NULL AND ends >= %(first)s AND ends < %(end)s),
            chosen AS (%(chosen)s),
            matched AS (%(matched)s),
            hour AS (
                SELECT m.company_id, m.service_id, m.person_id, m.month,
                       SUM(length) AS hours,
                       SUM(length) FILTER (WHERE c.person_id IS NOT NULL)
                           AS chosen_hours,
                       SUM(length) FILTER (WHERE x.person_id IS NOT NULL)
                           AS matched_hours,
                       SUM(length) FILTER (WHERE m.agency_ref IS NOT NULL)
                           AS agency_hours,
                       SUM(length) FILTER (WHERE %(covers)s) AS cover_hours,
                       SUM(length) FILTER (WHERE CASE WHEN %(covers)s
                           AND m.employee_id IS NOT NULL THEN %(known)s
                           ELSE FALSE END) AS cover_known_hours,
                       SUM(length) FILTER (WHERE m.kind = 'moved') AS moved_hours,
                       SUM(m.begun) FILTER (WHERE m.kind = 'moved') AS move_count,
                       SUM(m.begun) AS shift_count
                  FROM part m
             LEFT JOIN chosen c
                    ON c.person_id = m.person_id AND c.employee_id = m.employee_id
                   AND c.since <= %(day)s AND (c.until IS NULL OR c.until > %(day)s)
             LEFT JOIN matched x
                    ON x.person_id = m.person_id AND x.employee_id = m.employee_id
                   AND x.since <= %(day)s
              GROUP BY m.company_id, m.service_id, m.person_id, m.month),
            face AS (
                SELECT company_id, service_id, person_id,
                       date_trunc('month', monday)::date AS month,
                       COUNT(*) AS week_count, SUM(faces) AS faces_sum,
                       MAX(faces) AS faces_max
                  FROM (SELECT company_id, service_id, person_id, monday,
                               COUNT(*) AS faces
                          FROM (SELECT DISTINCT company_id, service_id, person_id,
                                       date_trunc('week', begins) AS monday,
                                       employee_id, agency_ref, face_key
                                  FROM met) one
                         WHERE monday >= %(first)s AND monday < %(end)s
                      GROUP BY company_id, service_id, person_id, monday) week
              GROUP BY company_id, service_id, person_id,
                       date_trunc('month', monday)::date)
            SELECT COALESCE(h.company_id, f.company_id) AS company_id,
                   COALESCE(h.service_id, f.service_id) AS service_id,
                   COALESCE(h.person_id, f.person_id) AS person_id,
                   COALESCE(h.month, f.month) AS month,
                   %(hours)s,
                   COALESCE(h.move_count, 0)::integer AS move_count,
                   COALESCE(h.shift_count, 0)::integer AS shift_count,
                   COALESCE(f.week_count, 0)::integer AS week_count,
                   COALESCE(f.faces_sum, 0)::integer AS faces_sum,
                   COALESCE(f.faces_sum::float8 / f.week_count, 0) AS faces_avg,
                   COALESCE(f.faces_max, 0)::integer AS faces_max
              FROM hour h
         FULL JOIN face f
                ON f.service_id = h.service_id AND f.month = h.month
               AND COALESCE(f.person_id, 0) = COALESCE(h.person_id, 0)
            """,
            places=get_places(self.env),
            begins=get_local(SQL("r.start"), SQL("p.tz")),
            ends=get_local(SQL("r.stop"), SQL("p.tz")),
            rows=self._get_rows_query(
                since - timedelta(hours=LONGEST_HOURS),
                until,
                companies,
                is_counted=True,
            ),
            carried=SQL(", ").join(map(SQL.identifier, CARRIED)),
            carried_alone=SQL(", ").join(
                SQL.identifier("sh", name) for name in CARRIED
            ),
            since=since,
            companies=SQL("p.company_id = ANY(%s)", companies.ids)
            if companies
            else SQL("TRUE"),
            next_month=next_month,
            turn=get_utc(SQL("(%s)", next_month), SQL("tz")),
            first=first,
            end=end,
            covers=covers,
            day=day,
            chosen=get_chosen(),
            matched=get_matched(),
            known=get_known_there(SQL("m.employee_id"), SQL("m.service_id"), day, day),
            hours=SQL(", ").join(
                SQL(
                    "COALESCE(EXTRACT(EPOCH FROM h.%(name)s) / 3600, 0)::float8 "
                    "AS %(name)s",
                    name=SQL.identifier(name),
                )
                for name in FIGURES
                if name.endswith("hours")
            ),
        )

    @api.model
    def _keep_counted(self, first, last, companies=None):
        """Add, change and delete the lines that differ, and only those."""
        names = SQL(", ").join(SQL.identifier(name) for name in FIGURES)
        theirs = SQL(", ").join(SQL.identifier("c", name) for name in FIGURES)
        ours = SQL(", ").join(SQL.identifier("o", name) for name in FIGURES)
        same = SQL(
            "c.month = o.month AND c.service_id = o.service_id "
            "AND COALESCE(c.person_id, 0) = COALESCE(o.person_id, 0)"
        )
        values = {
            "names": names,
            "theirs": theirs,
            "ours": ours,
            "same": same,
            "counted": COUNTED,
            "uid": self.env.uid,
            "first": first,
            "last": last,
            "companies": SQL("o.company_id = ANY(%s)", companies.ids)
            if companies
            else SQL("TRUE"),
            "key": SQL(", ").join(SQL.identifier(name) for name in KEY),
        }
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM dupq_rota_month o
                 WHERE o.month BETWEEN %(first)s AND %(last)s AND %(companies)s
                   AND NOT EXISTS (SELECT 1 FROM %(counted)s c WHERE %(same)s)
                """,
                **values,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE dupq_rota_month o
                   SET (%(names)s, company_id, write_uid, write_date)
                     = (%(theirs)s, c.company_id, %(uid)s, now() AT TIME ZONE 'UTC')
                  FROM %(counted)s c
                 WHERE %(same)s AND (%(theirs)s, c.company_id)
                       IS DISTINCT FROM (%(ours)s, o.company_id)
                """,
                **values,
            )
        )
        # What is there already goes first: to look for it while lines are added would
        # read again for each line all that were added before it.
        self.env.cr.execute(
            SQL(
                "DELETE FROM %(counted)s c USING dupq_rota_month o WHERE %(same)s",
                **values,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO dupq_rota_month (%(key)s, %(names)s, create_uid,
                       create_date, write_uid, write_date)
                SELECT %(key)s, %(names)s, %(uid)s, now() AT TIME ZONE 'UTC',
                       %(uid)s, now() AT TIME ZONE 'UTC'
                  FROM %(counted)s c
                """,
                **values,
            )
        )

    @api.model
    def _recount(self, first, last):
        """Lines of these months that are not what their shifts say; none, always.

        :return: list of (service id, person id, month)
        """
        self.env.flush_all()
        self._fill_counted(first, last)
        names = SQL(", ").join(SQL.identifier(name) for name in (*KEY, *FIGURES))
        stored = SQL(
            "SELECT %s FROM dupq_rota_month WHERE month BETWEEN %s AND %s",
            names,
            first,
            last,
        )
        counted = SQL("SELECT %s FROM %s", names, COUNTED)
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT service_id, person_id, month FROM (
                    (%(stored)s EXCEPT %(counted)s) UNION ALL
                    (%(counted)s EXCEPT %(stored)s)) differs
                """,
                stored=stored,
                counted=counted,
            )
        )
