from odoo.tests import tagged

from .common_rota import RotaCommon

SERVICES = 40
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
    "faces_max",
)
# By hand, from the shifts in `_plan_three`: (who, month): figures in that order.
TABLE = {
    # The week of Saturday 1 March began in February.
    ("Jane", "2025-02"): (0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1),
    # The clocks go forward in Bo's night; of Ada's last night four hours are in March.
    ("Jane", "2025-03"): (53, 20, 36, 0, 0, 0, 0, 0, 8, 4, 5, 2),
    # Chosen when the night began; Jane said no the day before the last shift.
    ("Jane", "2025-04"): (16, 8, 16, 0, 0, 0, 0, 0, 1, 0, 0, 0),
    # The clocks go back in the agency's night; Bo belongs there from the 8th on.
    ("Kit", "2025-10"): (34, 0, 0, 14, 27, 8, 4, 1, 5, 3, 4, 2),
    ("Kit", "2025-11"): (7, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0),
    # Shifts for the house are for who is there on the day.
    ("Lou", "2025-06"): (18, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 2),
    ("Max", "2025-06"): (16, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 1),
}
# The same for everybody, with nothing in common: each quarter of an hour by itself.
PLAIN = """
WITH met AS (
    SELECT s.*, COALESCE(s.person_id, st.person_id) AS who,
           (s.start AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/London') AS begins
      FROM dupq_shift s
 LEFT JOIN dupq_person_stay st
        ON s.person_id IS NULL AND st.service_id = s.service_id
       AND (s.start AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/London')::date
           BETWEEN st.date_from AND COALESCE(st.date_to, 'infinity')),
quarter AS (
    SELECT m.*, date_trunc('month',
               q AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/London')::date AS month
      FROM met m
CROSS JOIN generate_series(m.start, m.stop - interval '15 min', '15 min') q),
hours AS (
    SELECT service_id, who, month, count(*) / 4.0 AS hours,
           count(*) FILTER (WHERE (
               SELECT c.answer FROM dupq_choice c
                 JOIN hr_applicant a ON a.id = c.applicant_id
                WHERE c.person_id = q.who AND a.employee_id = q.employee_id
                  AND c.stage = 'final' AND c.state = 'answered'
                  AND c.taken_by <> 'circle' AND c.date <= q.begins::date
             ORDER BY c.date DESC, c.id DESC LIMIT 1) = 'yes') / 4.0 AS chosen_hours,
           count(*) FILTER (WHERE EXISTS (
               SELECT 1 FROM hr_applicant a
                 JOIN dupq_job_person j ON j.job_id = a.job_id
                WHERE j.person_id = q.who AND a.employee_id = q.employee_id
                  AND a.date_closed::date <= q.begins::date
                  AND EXISTS (
                      SELECT 1 FROM dupq_job_wish w
                        JOIN hr_applicant_dupq_trait_rel t ON t.trait_id = w.trait_id
                       WHERE w.job_person_id = j.id AND w.state = 'kept'
                         AND t.applicant_id = a.id))) / 4.0 AS matched_hours,
           count(agency_ref) / 4.0 AS agency_hours,
           count(*) FILTER (WHERE kind LIKE 'cover%%') / 4.0 AS cover_hours,
           count(*) FILTER (WHERE kind LIKE 'cover%%' AND EXISTS (
               SELECT 1 FROM dupq_service_member m
                WHERE m.employee_id = q.employee_id AND m.service_id = q.service_id
                  AND q.begins::date
                      BETWEEN m.date_from AND COALESCE(m.date_to, 'infinity')))
               / 4.0 AS cover_known_hours,
           count(*) FILTER (WHERE kind = 'moved') / 4.0 AS moved_hours
      FROM quarter q GROUP BY 1, 2, 3),
begun AS (
    SELECT service_id, who, date_trunc('month', begins)::date AS month,
           count(*) FILTER (WHERE kind = 'moved') AS move_count,
           count(*) AS shift_count
      FROM met GROUP BY 1, 2, 3),
week AS (
    SELECT service_id, who, date_trunc('week', begins) AS monday,
           count(DISTINCT COALESCE(employee_id::text, agency_ref)) AS faces
      FROM met GROUP BY 1, 2, 3),
faces AS (
    SELECT service_id, who, date_trunc('month', monday)::date AS month,
           count(*) AS week_count, sum(faces) AS faces_sum, max(faces) AS faces_max
      FROM week GROUP BY 1, 2, 3)
SELECT service_id, COALESCE(who, 0), month, hours, chosen_hours, matched_hours,
       agency_hours, cover_hours, cover_known_hours, moved_hours, move_count,
       shift_count, week_count, faces_sum, faces_max
  FROM (SELECT service_id, COALESCE(who, 0) AS who, month, hours, chosen_hours,
               matched_hours, agency_hours, cover_hours, cover_known_hours, moved_hours
          FROM hours) h
  FULL JOIN (SELECT service_id, COALESCE(who, 0) AS who, month, move_count, shift_count
               FROM begun) b USING (service_id, who, month)
  FULL JOIN (SELECT service_id, COALESCE(who, 0) AS who, month, week_count, faces_sum,
                    faces_max FROM faces) f USING (service_id, who, month)
"""


@tagged("post_install", "-at_install")
class TestRotaYear(RotaCommon):
    """A year of rota for forty services (what the issue asks to be shown)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {"Jane": cls.person}
        cls._plan_three()
        cls._plan_the_others()
        date = cls.env["dupq.rota.month"]._fields["month"].to_date
        cls.first, cls.last = date("2024-12-01"), date("2026-01-01")
        cls.env["dupq.rota.month"]._count(cls.first, cls.last)

    @classmethod
    def _plan_three(cls):
        jane = {"person": cls.person}
        cls._hire(cls.walker, cls.ada, "2025-03-01")
        cls._choose(cls.walker, "yes", date="2025-03-10")
        cls._choose(cls.walker, "no", date="2025-04-02")
        cls._shift(cls.ada, "2025-03-01 09:00", "2025-03-01 17:00", **jane)
        cls._shift(cls.ada, "2025-03-03 09:00", "2025-03-03 17:00", **jane)
        cls._shift(cls.bo, "2025-03-04 09:00", "2025-03-04 17:00", **jane)
        cls._shift(cls.ada, "2025-03-10 09:00", "2025-03-10 17:00", **jane)
        cls._shift(cls.ada, "2025-03-12 09:00", "2025-03-12 13:00", **jane)
        cls._shift(cls.ada, "2025-03-12 17:00", "2025-03-12 21:00", **jane)
        cls._shift(cls.bo, "2025-03-29 22:00", "2025-03-30 08:00", **jane)
        cls._shift(cls.ada, "2025-03-31 20:00", "2025-04-01 08:00", **jane)
        cls._shift(cls.ada, "2025-04-03 09:00", "2025-04-03 17:00", **jane)

        kit = cls._someone("Kit", cls.other_service)
        cls.env["dupq.service.member"].create(
            {
                "service_id": cls.other_service.id,
                "employee_id": cls.bo.id,
                "date_from": "2025-10-08",
            }
        )
        sick = {"person": kit, "kind": "cover_sickness"}
        cls._shift("AG-1", "2025-10-25 22:00", "2025-10-26 08:00", **sick)
        cls._shift(cls.bo, "2025-10-06 09:00", "2025-10-06 17:00", **sick)
        leave = {"person": kit, "kind": "cover_leave"}
        cls._shift(cls.bo, "2025-10-08 09:00", "2025-10-08 17:00", **leave)
        moved = {"person": kit, "kind": "moved", "reason": "A vacancy elsewhere."}
        cls._shift(cls.ada, "2025-10-09 09:00", "2025-10-09 13:00", **moved)
        cls._shift("AG-1", "2025-10-31 21:00", "2025-11-01 07:00", person=kit)

        house = cls._create_service(name="A shared house")
        lou, _max = cls._someone("Lou", house), cls._someone("Max", house)
        lou.stay_ids.date_to = "2025-06-15"
        _max.stay_ids.date_from = "2025-06-10"
        shared = {"service_id": house.id}
        cls._shift(cls.ada, "2025-06-09 09:00", "2025-06-09 17:00", **shared)
        cls._shift(cls.ada, "2025-06-11 09:00", "2025-06-11 17:00", **shared)
        cls._shift(cls.bo, "2025-06-17 09:00", "2025-06-17 17:00", **shared)
        cls._shift(cls.bo, "2025-06-12 09:00", "2025-06-12 11:00", person=lou)

    @classmethod
    def _someone(cls, name, service):
        person = cls._create_person(service, preferred_name=f"{name} Example")
        person.stay_ids.date_from = "2024-01-01"
        cls.people[name] = person
        return person

    @classmethod
    def _plan_the_others(cls):
        """A year for all others: nights over every midnight, absences, agency, moves.

        Every third service is shared by two people, every seventh is nobody's home.
        """
        services = cls.env["dupq.service"].create(
            [{"name": f"Service {number}"} for number in range(SERVICES - 3)]
        )
        people = []
        for number, service in enumerate(services):
            count = 0 if number % 7 == 6 else 2 if number % 3 == 0 else 1
            people += [cls._create_person(service) for _each in range(count)]
        cls.env["dupq.person"].concat(*people).stay_ids.date_from = "2024-01-01"
        workers = cls.env["hr.employee"].create(
            [{"name": f"Worker {number}"} for number in range(50)]
        )
        cls.env["dupq.service.member"].create(
            [
                {
                    "service_id": services[number % len(services)].id,
                    "employee_id": worker.id,
                    "date_from": "2025-02-01",
                    "date_to": "2025-11-30" if number % 5 else False,
                }
                for number, worker in enumerate(workers)
            ]
        )
        for number, person in enumerate(people[:6]):
            applicant = cls._create_applicant(f"Hired {number}", cls.patient)
            applicant.employee_id = workers[number]
            cls._consent(person, "choosing")
            for answer, day in (("yes", "2025-02-14"), ("not_sure", "2025-08-01")):
                choice = cls._create_choice(
                    applicant, person_id=person.id, stage="final", date=day
                )
                choice._answer({"answer": answer, "taken_by": "person"})
        cls.env.flush_all()
        cls.env.cr.execute(
            """
            INSERT INTO dupq_shift (service_id, company_id, person_id, employee_id,
                agency_ref, start, stop, hours, kind, reason)
            SELECT s.id, s.company_id,
                   CASE WHEN (d + n) %% 4 = 0 THEN (
                       SELECT min(person_id) FROM dupq_person_stay
                        WHERE service_id = s.id) END,
                   CASE WHEN (d + s.id) %% 11 > 0
                        THEN %(first)s + (s.id * 3 + n + d / 60) %% 50 END,
                   CASE WHEN (d + s.id) %% 11 = 0 THEN 'AG-' || (d %% 3) END,
                   begins, begins + length, 0,
                   CASE WHEN (d + s.id) %% 11 = 0 THEN 'agency'
                        WHEN (d + s.id) %% 13 = 0 THEN 'cover_sickness'
                        WHEN (d + s.id) %% 17 = 0 THEN 'cover_leave'
                        WHEN (d + s.id) %% 23 = 0 THEN 'moved' ELSE 'usual' END,
                   'So.'
              FROM dupq_service s
        CROSS JOIN generate_series(0, 364) d
        CROSS JOIN LATERAL (VALUES
                   (0, interval '7 hours', interval '8 hours'),
                   (1, interval '21 hours 15 minutes', interval '10 hours 15 minutes')
                   ) shift (n, at, length)
        CROSS JOIN LATERAL (
            SELECT ((DATE '2025-01-01' + d)::timestamp + at)
                   AT TIME ZONE 'Europe/London' AT TIME ZONE 'UTC' AS begins) b
             WHERE s.id = ANY(%(services)s)
            """,
            {"first": workers[0].id, "services": services.ids},
        )

    def test_three_people_have_what_was_counted_by_hand(self):
        found = {}
        for name, month in TABLE:
            person = self.people[name]
            line = self.env["dupq.rota.month"].search(
                [("person_id", "=", person.id), ("month", "=", f"{month}-01")]
            )
            found[name, month] = tuple(line[figure] for figure in FIGURES)
        self.assertEqual(found, TABLE)

    def test_everybody_has_what_plain_sql_says(self):
        self.env.cr.execute(PLAIN.replace("%%", "%"))
        plain = {
            row[:3]: tuple(float(value or 0) for value in row[3:])
            for row in self.env.cr.fetchall()
        }
        lines = self.env["dupq.rota.month"].search([])
        counted = {
            (line.service_id.id, line.person_id.id or 0, line.month): tuple(
                float(line[figure]) for figure in FIGURES
            )
            for line in lines
        }
        self.assertGreater(len(plain), 500)
        for index, figure in enumerate(FIGURES):
            total = sum(values[index] for values in plain.values())
            self.assertGreater(total, 0, f"{figure}: else nothing is compared.")
        self.assertEqual(counted, plain)

    def test_indicators_are_the_sums_of_their_people(self):
        figures = self.env["dupq.rota.indicator"].search([])
        self.assertEqual(len(figures.service_id), SERVICES)
        for figure in figures:
            action = figure.action_open_people()
            lines = self.env["dupq.rota.month"].search(action["domain"])
            part, whole = {
                "chosen": ("chosen_hours", "hours"),
                "matched": ("matched_hours", "hours"),
                "faces": ("faces_sum", "week_count"),
                "known_cover": ("cover_known_hours", "cover_hours"),
                "agency": ("agency_hours", "hours"),
                "moved": ("moved_hours", "hours"),
            }[figure.indicator]
            self.assertAlmostEqual(figure.part, sum(lines.mapped(part)))
            self.assertAlmostEqual(figure.whole, sum(lines.mapped(whole)))
            self.assertAlmostEqual(figure.value, figure.part / figure.whole)

    def test_months_one_by_one_are_the_year_at_once(self):
        month = self.env["dupq.rota.month"]
        self.assertEqual(month._recount(self.first, self.last), [])
        for line_month in sorted(set(month.search([]).mapped("month"))):
            self.assertEqual(month._recount(line_month, line_month), [])
