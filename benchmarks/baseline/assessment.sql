-- What the form of a self-assessment shows when it is opened, by hand: a statement for
-- each table, for one assessment %(id)s of %(company)s from %(start)s to %(stop)s. What
-- stands on a tab and is asked for when the tab is opened is not among it.

-- name: head
SELECT a.*, code.name ->> 'en_US' AS code, scale.name ->> 'en_US' AS scale,
       company.name AS company, lead.name AS lead, sponsor.name AS sponsor
  FROM dupq_assessment a
  JOIN dupq_code code ON code.id = a.code_id
  JOIN dupq_rating_scale scale ON scale.id = a.scale_id
  JOIN res_company company ON company.id = a.company_id
  LEFT JOIN res_users lead_user ON lead_user.id = a.lead_id
  LEFT JOIN res_partner lead ON lead.id = lead_user.partner_id
  LEFT JOIN res_users sponsor_user ON sponsor_user.id = a.sponsor_id
  LEFT JOIN res_partner sponsor ON sponsor.id = sponsor_user.partner_id
 WHERE a.id = %(id)s;

-- name: prompts
SELECT key, text ->> 'en_US' FROM dupq_assessment_prompt
 WHERE active AND (kind IS NULL OR kind = 'yearly') AND purpose_id IS NULL
   AND (company_id IS NULL OR company_id = %(company)s)
 ORDER BY key_sequence, sequence, id;

-- name: steps
SELECT step.key, step.state, step.date_planned, step.date_done, owner.name
  FROM dupq_assessment_step step
  LEFT JOIN res_users u ON u.id = step.owner_id
  LEFT JOIN res_partner owner ON owner.id = u.partner_id
 WHERE step.assessment_id = %(id)s ORDER BY step.sequence;

-- name: groups
SELECT id, name ->> 'en_US', kind FROM dupq_stakeholder_group
 WHERE active ORDER BY sequence, id;

-- name: participants
SELECT p.*, s.complete_name FROM dupq_assessment_participant p
  LEFT JOIN dupq_service s ON s.id = p.service_id
 WHERE p.assessment_id = %(id)s ORDER BY p.sequence, p.id;

-- name: sessions
SELECT s.*,
       (SELECT sum(number) FROM dupq_assessment_session_attendance
         WHERE session_id = s.id),
       (SELECT count(*) FROM dupq_assessment_session_note WHERE session_id = s.id),
       (SELECT count(*) FROM dupq_voice WHERE session_id = s.id)
  FROM dupq_assessment_session s WHERE s.assessment_id = %(id)s ORDER BY s.date;

-- name: surveys
SELECT * FROM dupq_assessment_survey WHERE assessment_id = %(id)s;

-- name: voices
SELECT channel, create_uid, date, count(*) FROM dupq_voice
 WHERE assessment_id = %(id)s GROUP BY 1, 2, 3;

-- name: printed
SELECT v.id, v.sequence, v.words, v.group_id, g.name ->> 'en_US', v.feeling,
       area.name ->> 'en_US', v.consent, v.date_consent, v.is_anonymised,
       v.is_working
  FROM dupq_voice v
  JOIN dupq_stakeholder_group g ON g.id = v.group_id
  LEFT JOIN dupq_code_area area ON area.id = v.area_id
 WHERE v.assessment_id = %(id)s AND v.is_printed ORDER BY v.sequence, v.id;

-- name: sources
SELECT line.*, kind.name ->> 'en_US',
       (SELECT array_agg(area.id) FROM dupq_assessment_source_dupq_code_area_rel area_link
          JOIN dupq_code_area area ON area.id = area_link.dupq_code_area_id
         WHERE area_link.dupq_assessment_source_id = line.id)
  FROM dupq_assessment_source line
  JOIN dupq_information_source kind ON kind.id = line.source_id
 WHERE line.assessment_id = %(id)s ORDER BY line.sequence, line.id;

-- name: areas
SELECT area.id, area.reference, area.name ->> 'en_US',
       count(*) FILTER (WHERE statement.polarity = 'good'),
       count(*) FILTER (WHERE statement.polarity = 'bad'),
       string_agg(statement.text ->> 'en_US', E'\n')
  FROM dupq_code_area area
  LEFT JOIN dupq_code_statement statement ON statement.area_id = area.id
 WHERE area.code_id = %(code)s GROUP BY area.id ORDER BY area.sequence, area.id;

-- name: summaries
SELECT r.*, level.name ->> 'en_US',
       (SELECT count(*) FROM dupq_assessment_rating_good_rel good
         WHERE good.dupq_assessment_rating_id = r.id),
       (SELECT count(*) FROM dupq_assessment_rating_bad_rel bad
         WHERE bad.dupq_assessment_rating_id = r.id)
  FROM dupq_assessment_rating r
  LEFT JOIN dupq_rating_scale_level level ON level.id = r.level_id
 WHERE r.assessment_id = %(id)s AND r.perspective_id IS NULL
   AND r.statement_id IS NULL
 ORDER BY r.area_sequence, r.id;

-- name: perspectives
SELECT r.*, area.name ->> 'en_US', g.name ->> 'en_US', level.name ->> 'en_US'
  FROM dupq_assessment_rating r
  JOIN dupq_stakeholder_group g ON g.id = r.perspective_id
  LEFT JOIN dupq_code_area area ON area.id = r.area_id
  LEFT JOIN dupq_rating_scale_level level ON level.id = r.level_id
 WHERE r.assessment_id = %(id)s AND r.statement_id IS NULL
 ORDER BY r.area_sequence, r.perspective_sequence, r.id;

-- name: evidence
SELECT statement.area_id, item.polarity, count(DISTINCT item.id)
  FROM dupq_evidence item
  JOIN dupq_evidence_statement_rel link ON link.evidence_id = item.id
  JOIN dupq_code_statement statement ON statement.id = link.statement_id
 WHERE item.company_id = %(company)s AND item.state = 'accepted'
   AND item.date_seen BETWEEN %(start)s AND %(stop)s
   AND statement.code_id = %(code)s
 GROUP BY 1, 2;

-- name: gaps
WITH level AS (
    SELECT id, name ->> 'en_US' AS name,
           (row_number() OVER (ORDER BY sequence, id) - 1)::float
               / (count(*) OVER () - 1) AS share
      FROM dupq_rating_scale_level WHERE scale_id = %(scale)s),
rated AS (
    SELECT r.area_id, r.statement_id, r.focus_id, r.perspective_id, r.number,
           level.name, level.share
      FROM dupq_assessment_rating r JOIN level ON level.id = r.level_id
     WHERE r.assessment_id = %(id)s AND r.perspective_id IS NOT NULL),
widest AS (
    SELECT rated.area_id, rated.statement_id, rated.focus_id,
           max(share) - min(share) AS gap,
           row_number() OVER (
               ORDER BY max(share) - min(share) DESC, area.sequence,
                        rated.statement_id IS NOT NULL, statement.polarity DESC,
                        statement.sequence, rated.statement_id) AS place
      FROM rated
      LEFT JOIN dupq_code_area area ON area.id = rated.area_id
      LEFT JOIN dupq_code_statement statement ON statement.id = rated.statement_id
     GROUP BY 1, 2, 3, area.sequence, statement.polarity, statement.sequence
     ORDER BY place LIMIT 3)
SELECT widest.gap, widest.place, coalesce(statement.reference, area.reference),
       coalesce(statement.text ->> 'en_US', area.name ->> 'en_US'),
       array_agg(g.name ->> 'en_US' || ': ' || rated.name ORDER BY g.sequence, g.id)
  FROM widest
  JOIN rated ON (rated.area_id, rated.statement_id, rated.focus_id)
       IS NOT DISTINCT FROM (widest.area_id, widest.statement_id, widest.focus_id)
  JOIN dupq_stakeholder_group g ON g.id = rated.perspective_id
  LEFT JOIN dupq_code_area area ON area.id = widest.area_id
  LEFT JOIN dupq_code_statement statement ON statement.id = widest.statement_id
 GROUP BY 1, 2, 3, 4 ORDER BY 2;

-- name: rated_by
SELECT write_uid, write_date::date, count(*) FROM dupq_assessment_rating
 WHERE assessment_id = %(id)s AND level_id IS NOT NULL GROUP BY 1, 2;

-- name: carried
SELECT count(*) FROM dupq_assessment_rating
 WHERE assessment_id = %(id)s AND is_carried;

-- name: proportions
SELECT * FROM dupq_assessment_proportion WHERE assessment_id = %(id)s;

-- name: barriers
SELECT * FROM dupq_assessment_barrier WHERE assessment_id = %(id)s;

-- name: dissents
SELECT * FROM dupq_assessment_dissent WHERE assessment_id = %(id)s;

-- name: changes
SELECT * FROM dupq_assessment_rating_change WHERE assessment_id = %(id)s;

-- name: actions
SELECT action.*, owner.name FROM dupq_action action
  JOIN res_users u ON u.id = action.owner_id
  JOIN res_partner owner ON owner.id = u.partner_id
 WHERE action.assessment_id = %(id)s ORDER BY action.date_due;

-- name: sections
SELECT * FROM dupq_assessment_section WHERE assessment_id = %(id)s;

-- name: ideas
SELECT idea.* FROM dupq_assessment_section_idea idea
  JOIN dupq_assessment_section section ON section.id = idea.section_id
 WHERE section.assessment_id = %(id)s;

-- name: remarks
SELECT * FROM dupq_assessment_remark WHERE assessment_id = %(id)s;

-- name: documents
SELECT * FROM dupq_assessment_document WHERE assessment_id = %(id)s;

-- name: left_out
SELECT * FROM dupq_assessment_left_out WHERE assessment_id = %(id)s;

-- name: impacts
SELECT * FROM dupq_assessment_impact WHERE assessment_id = %(id)s;

-- name: publications
SELECT * FROM dupq_publication WHERE assessment_id = %(id)s;

-- name: before
SELECT a.id, a.name, a.scale_id FROM dupq_assessment a
  JOIN dupq_code code ON code.id = a.code_id
 WHERE a.company_id = %(company)s AND a.scope = 'organisation' AND a.id != %(id)s
   AND code.key = %(key)s AND a.state IN ('running', 'completed', 'published', 'replaced')
   AND a.date_to < %(stop)s ORDER BY a.date_to DESC, a.id DESC LIMIT 1;

-- name: rated_before
SELECT area.reference, level.sequence, level.name ->> 'en_US'
  FROM dupq_assessment_rating r
  JOIN dupq_code_area area ON area.id = r.area_id
  LEFT JOIN dupq_rating_scale_level level ON level.id = r.level_id
 WHERE r.assessment_id = %(before)s AND r.perspective_id IS NULL
   AND r.statement_id IS NULL ORDER BY r.area_sequence, r.id;

-- name: planned_before
SELECT action.id, action.state, action.told_before, array_agg(voice.feeling)
  FROM dupq_action action
  LEFT JOIN dupq_voice voice ON voice.action_id = action.id
 WHERE action.assessment_id = %(before)s GROUP BY action.id;

-- name: services
SELECT s.id, s.name, part.id, part.scale_id
  FROM dupq_service s
  LEFT JOIN (
      SELECT DISTINCT ON (service_id) service_id, id, scale_id FROM dupq_assessment
       WHERE company_id = %(company)s AND scope = 'service' AND code_id = %(code)s
         AND state IN ('completed', 'published', 'replaced')
         AND date_to BETWEEN %(start)s AND %(stop)s
       ORDER BY service_id, date_to DESC, id DESC) part ON part.service_id = s.id
 WHERE s.company_id = %(company)s AND s.active AND s.kind = 'service'
 ORDER BY s.complete_name, s.id;

-- name: several
SELECT link.assessment_id, link.service_id FROM dupq_assessment_service_rel link
  JOIN dupq_assessment a ON a.id = link.assessment_id
 WHERE a.company_id = %(company)s AND a.scope = 'services'
   AND a.state IN ('completed', 'published', 'replaced') AND a.code_id = %(code)s
   AND a.date_to BETWEEN %(start)s AND %(stop)s;

-- name: spread
WITH latest AS (
    SELECT DISTINCT ON (a.service_id) a.id, s.name, s.complete_name
      FROM dupq_assessment a JOIN dupq_service s ON s.id = a.service_id
     WHERE a.company_id = %(company)s AND a.scope = 'service' AND s.active
       AND s.kind = 'service'
       AND a.state IN ('completed', 'published', 'replaced') AND a.code_id = %(code)s
       AND a.date_to BETWEEN %(start)s AND %(stop)s
     ORDER BY a.service_id, a.date_to DESC, a.id DESC)
SELECT area.reference, level.name ->> 'en_US', level.sequence, count(*),
       (array_agg(latest.name ORDER BY latest.name))[:5]
  FROM dupq_assessment_rating r
  JOIN latest ON latest.id = r.assessment_id
  JOIN dupq_code_area area ON area.id = r.area_id
  JOIN dupq_rating_scale_level level ON level.id = r.level_id
 WHERE r.perspective_id IS NULL AND r.statement_id IS NULL
 GROUP BY 1, 2, 3 ORDER BY 1, 3;

-- name: breadth
WITH latest AS (
    SELECT DISTINCT ON (service_id) id FROM dupq_assessment
     WHERE company_id = %(company)s AND scope = 'service'
       AND state IN ('completed', 'published', 'replaced') AND code_id = %(code)s
       AND date_to BETWEEN %(start)s AND %(stop)s
     ORDER BY service_id, date_to DESC, id DESC),
heard AS (
    SELECT p.group_id, p.service_id, sum(p.actual) AS number
      FROM dupq_assessment_participant p
     WHERE p.actual > 0
       AND (p.assessment_id = %(id)s OR p.assessment_id IN (SELECT id FROM latest))
     GROUP BY 1, 2)
SELECT g.id, g.name ->> 'en_US',
       (SELECT coalesce(sum(number), 0) FROM heard WHERE heard.group_id = g.id),
       count(heard.number),
       array_agg(s.id ORDER BY s.complete_name) FILTER (WHERE heard.number IS NULL),
       (array_agg(s.name ORDER BY s.complete_name)
           FILTER (WHERE heard.number IS NULL))[:5]
  FROM dupq_stakeholder_group g
 CROSS JOIN dupq_service s
  LEFT JOIN heard ON heard.group_id = g.id AND heard.service_id = s.id
 WHERE g.active AND s.active AND s.kind = 'service' AND s.company_id = %(company)s
 GROUP BY g.id ORDER BY g.sequence, g.id;
