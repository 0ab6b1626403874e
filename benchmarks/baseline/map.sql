-- The figures of the coverage map, counted straight from the ledger.
SELECT e.service_id, st.area_id,
       count(DISTINCT e.id) FILTER (WHERE fresh AND e.polarity = 'good'),
       count(DISTINCT e.id) FILTER (WHERE fresh AND e.polarity = 'not_yet'),
       count(DISTINCT e.source_type) FILTER (WHERE fresh),
       array_agg(DISTINCT COALESCE(e.perspective_id, 0)) FILTER (WHERE fresh),
       bool_or(NOT fresh)
  FROM dupq_evidence e
  JOIN dupq_evidence_statement_rel rel ON rel.evidence_id = e.id
  JOIN dupq_code_statement st ON st.id = rel.statement_id
 CROSS JOIN LATERAL (
       SELECT e.date_seen > CURRENT_DATE - interval '12 months' AS fresh) f
 WHERE e.state = 'accepted' AND e.date_seen <= CURRENT_DATE
 GROUP BY e.service_id, st.area_id
