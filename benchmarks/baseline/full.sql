-- The same rows and the same figures as a full run of the 25 rules, written by hand
-- for this one case: no rights, no versions, no steps, no way to run it again.
BEGIN;
WITH departments AS (
    SELECT department_id, min(id) AS service_id FROM dupq_service
     WHERE department_id IS NOT NULL AND active GROUP BY department_id
),
wanted AS (
    SELECT l.id AS res_id, r.id AS rule_id, l.date_end, s.id AS service_id,
           s.company_id,
           jsonb_build_object('date_end', jsonb_build_object('date', l.date_end))
               AS rule_values
      FROM hr_resume_line l
      JOIN dupq_evidence_rule r ON r.domain = format(
           '[(''line_type_id'', ''='', %s)]', l.line_type_id)
      JOIN LATERAL (
           SELECT v.department_id FROM hr_version v
            WHERE v.employee_id = l.employee_id AND v.active
              AND v.date_version <= l.date_end
         ORDER BY v.date_version DESC LIMIT 1) v ON TRUE
      JOIN departments d ON d.department_id = v.department_id
      JOIN dupq_service s ON s.id = d.service_id
     WHERE l.date_end <= CURRENT_DATE
),
made AS (
    INSERT INTO dupq_evidence (
        rule_id, rule_digest, rule_values, res_model, res_id, service_id, company_id,
        date_seen, state, known_from, polarity, source_type, sensitivity, consent,
        source_gone, ended_by_rule, create_uid, create_date, write_uid, write_date)
    SELECT rule_id, md5(concat_ws('|', date_end, service_id, rule_values::text)),
           rule_values, 'hr.resume.line', res_id, service_id, company_id, date_end,
           'accepted', now() AT TIME ZONE 'UTC', 'good', 'training', 'normal',
           'not_needed', FALSE, FALSE, 1, now() AT TIME ZONE 'UTC', 1,
           now() AT TIME ZONE 'UTC'
      FROM wanted
 RETURNING id, rule_id)
INSERT INTO dupq_evidence_statement_rel (evidence_id, statement_id)
SELECT made.id, rel.statement_id FROM made
  JOIN dupq_evidence_rule_statement_rel rel ON rel.rule_id = made.rule_id;

INSERT INTO dupq_evidence_delta (
    company_id, service_id, area_id, statement_id, polarity, source_type,
    perspective_id, sensitivity, date_seen, count)
SELECT e.company_id, e.service_id, st.area_id, g.statement_id, e.polarity,
       e.source_type, COALESCE(e.perspective_id, 0), e.sensitivity, e.date_seen, count(*)
  FROM dupq_evidence e
  JOIN dupq_evidence_statement_rel rel ON rel.evidence_id = e.id
  JOIN dupq_code_statement st ON st.id = rel.statement_id
 CROSS JOIN LATERAL (VALUES (st.id), (0)) g(statement_id)
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
COMMIT;
