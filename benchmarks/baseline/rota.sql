-- The same months as `dupq.rota.month`, written by hand for this one case: one company,
-- one clock, one source, nothing kept from before, no rights, no way to run it again.
WITH shift AS (
    SELECT s.*, s.start AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/London' AS begins,
           s.stop AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/London' AS ends
      FROM dupq_shift s
     WHERE s.start >= '2024-12-29' AND s.start < '2026-01-08'),
met AS (
    SELECT person_id, service_id, company_id, employee_id, agency_ref, start, stop, kind,
           begins, ends FROM shift WHERE person_id IS NOT NULL
 UNION ALL
    SELECT st.person_id, s.service_id, s.company_id, employee_id, agency_ref, start,
           stop, kind, begins, ends
      FROM shift s
 LEFT JOIN dupq_person_stay st
        ON st.service_id = s.service_id AND st.date_from <= begins::date
       AND (st.date_to IS NULL OR st.date_to >= begins::date)
     WHERE s.person_id IS NULL),
part AS (
    SELECT met.*, date_trunc('month', begins)::date AS month, 1 AS begun,
           LEAST(stop, CASE WHEN ends > date_trunc('month', begins) + interval '1 month'
               THEN (date_trunc('month', begins) + interval '1 month')
                    AT TIME ZONE 'Europe/London' AT TIME ZONE 'UTC'
               ELSE stop END) - start AS length
      FROM met WHERE begins >= '2025-01-01' AND begins < '2026-01-01'
 UNION ALL
    SELECT met.*, date_trunc('month', ends)::date, 0,
           stop - (date_trunc('month', begins) + interval '1 month')
                  AT TIME ZONE 'Europe/London' AT TIME ZONE 'UTC'
      FROM met
     WHERE ends > date_trunc('month', begins) + interval '1 month'
       AND ends >= '2025-01-01' AND ends < '2026-01-01'),
chosen AS (
    SELECT * FROM (
        SELECT c.person_id, a.employee_id, c.answer, c.date AS since, lead(c.date) OVER (
                   PARTITION BY c.person_id, a.employee_id ORDER BY c.date, c.id) AS until
          FROM dupq_choice c JOIN hr_applicant a ON a.id = c.applicant_id
         WHERE a.employee_id IS NOT NULL AND stage = 'final' AND state = 'answered'
           AND taken_by <> 'circle') c
     WHERE answer = 'yes' AND until IS DISTINCT FROM since),
matched AS (
    SELECT jp.person_id, a.employee_id, min(a.date_closed)::date AS since
      FROM hr_applicant a JOIN dupq_job_person jp ON jp.job_id = a.job_id
     WHERE a.employee_id IS NOT NULL AND a.date_closed IS NOT NULL
       AND EXISTS (
           SELECT 1 FROM dupq_job_wish w
            WHERE w.job_person_id = jp.id AND w.state = 'kept'
              AND (EXISTS (SELECT 1 FROM hr_applicant_dupq_trait_rel t
                            WHERE t.applicant_id = a.id AND t.trait_id = w.trait_id)
                OR EXISTS (SELECT 1 FROM hr_applicant_hr_skill_rel s
                             JOIN dupq_trait_hr_skill_rel ts
                               ON ts.hr_skill_id = s.hr_skill_id
                            WHERE s.hr_applicant_id = a.id
                              AND ts.dupq_trait_id = w.trait_id)))
  GROUP BY 1, 2),
hour AS (
    SELECT p.company_id, p.service_id, p.person_id, p.month, sum(length) AS hours,
           sum(length) FILTER (WHERE c.person_id IS NOT NULL) AS chosen,
           sum(length) FILTER (WHERE m.person_id IS NOT NULL) AS matched,
           sum(length) FILTER (WHERE agency_ref IS NOT NULL) AS agency,
           sum(length) FILTER (WHERE kind IN ('cover_sickness', 'cover_leave')) AS cover,
           sum(length) FILTER (WHERE CASE
               WHEN kind IN ('cover_sickness', 'cover_leave')
                AND p.employee_id IS NOT NULL
               THEN EXISTS (
                   SELECT 1 FROM dupq_service_member b
                    WHERE b.employee_id = p.employee_id AND b.service_id = p.service_id
                      AND b.date_from <= begins::date
                      AND (b.date_to IS NULL OR b.date_to >= begins::date))
                 OR EXISTS (
                   SELECT 1 FROM dupq_service h
                     JOIN LATERAL (
                          SELECT department_id FROM hr_version v
                           WHERE v.employee_id = p.employee_id AND v.active
                             AND v.date_version <= begins::date
                        ORDER BY date_version DESC LIMIT 1) v
                       ON v.department_id = h.department_id
                    WHERE h.id = p.service_id)
               ELSE FALSE END) AS known,
           sum(length) FILTER (WHERE kind = 'moved') AS moved,
           sum(begun) FILTER (WHERE kind = 'moved') AS moves, sum(begun) AS shifts
      FROM part p
 LEFT JOIN chosen c
        ON c.person_id = p.person_id AND c.employee_id = p.employee_id
       AND c.since <= begins::date AND (c.until IS NULL OR c.until > begins::date)
 LEFT JOIN matched m
        ON m.person_id = p.person_id AND m.employee_id = p.employee_id
       AND m.since <= begins::date
  GROUP BY 1, 2, 3, 4),
face AS (
    SELECT company_id, service_id, person_id, date_trunc('month', monday)::date AS month,
           count(*) AS weeks, sum(faces) AS total, max(faces) AS most
      FROM (SELECT company_id, service_id, person_id, monday, count(*) AS faces
              FROM (SELECT DISTINCT company_id, service_id, person_id, employee_id,
                           agency_ref, date_trunc('week', begins) AS monday
                      FROM met) one
             WHERE monday >= '2025-01-01' AND monday < '2026-01-01'
          GROUP BY 1, 2, 3, 4) week
  GROUP BY 1, 2, 3, 4),
made AS (
    INSERT INTO dupq_rota_month (company_id, service_id, person_id, month, hours,
        chosen_hours, matched_hours, agency_hours, cover_hours, cover_known_hours,
        moved_hours, move_count, shift_count, week_count, faces_sum, faces_avg,
        faces_max, create_uid, create_date, write_uid, write_date)
    SELECT COALESCE(h.company_id, f.company_id), COALESCE(h.service_id, f.service_id),
           COALESCE(h.person_id, f.person_id), COALESCE(h.month, f.month),
           COALESCE(EXTRACT(EPOCH FROM hours) / 3600, 0),
           COALESCE(EXTRACT(EPOCH FROM chosen) / 3600, 0),
           COALESCE(EXTRACT(EPOCH FROM matched) / 3600, 0),
           COALESCE(EXTRACT(EPOCH FROM agency) / 3600, 0),
           COALESCE(EXTRACT(EPOCH FROM cover) / 3600, 0),
           COALESCE(EXTRACT(EPOCH FROM known) / 3600, 0),
           COALESCE(EXTRACT(EPOCH FROM moved) / 3600, 0), COALESCE(moves, 0),
           COALESCE(shifts, 0), COALESCE(weeks, 0), COALESCE(total, 0),
           COALESCE(total::float8 / weeks, 0), COALESCE(most, 0), 1,
           now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
      FROM hour h
 FULL JOIN face f
        ON f.service_id = h.service_id AND f.month = h.month
       AND COALESCE(f.person_id, 0) = COALESCE(h.person_id, 0)
 RETURNING *),
figure AS (
    SELECT company_id, service_id, month, sum(hours) AS hours, sum(chosen_hours) AS chosen,
           sum(matched_hours) AS matched, sum(agency_hours) AS agency,
           sum(cover_hours) AS cover, sum(cover_known_hours) AS known,
           sum(moved_hours) AS moved, sum(week_count) AS weeks, sum(faces_sum) AS faces
      FROM made GROUP BY 1, 2, 3)
INSERT INTO dupq_rota_indicator (company_id, service_id, month, date_to, indicator, part,
    whole, value, create_uid, create_date, write_uid, write_date)
SELECT company_id, service_id, month, (month + interval '1 month - 1 day')::date,
       v.indicator, v.part, v.whole, v.part / v.whole, 1, now() AT TIME ZONE 'UTC', 1,
       now() AT TIME ZONE 'UTC'
  FROM figure, LATERAL (VALUES
       ('chosen', chosen, hours), ('matched', matched, hours), ('faces', faces, weeks),
       ('known_cover', known, cover), ('agency', agency, hours), ('moved', moved, hours)
       ) v (indicator, part, whole)
 WHERE v.whole > 0;
