from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .. import gaps

# How much of what each group said is shown behind its dot.
WORDS_SHOWN = 3
# What is read of each rating for the picture of the gaps.
GAP_FIELDS = (
    "assessment_id",
    "area_id",
    "statement_id",
    "focus_id",
    "perspective_id",
    "perspective_sequence",
    "level_id",
    "number",
)


class DupqAssessmentGaps(models.AbstractModel):
    """Where people see it differently: how far apart each group's ratings are.

    A part of ``dupq.assessment``, in a file of its own. Read with the rights of the
    reader, in as many queries for many ratings as for few.
    """

    _name = "dupq.assessment.gaps"
    _description = "Where people see a Self-assessment differently"

    gap_picture = fields.Html(
        string="Where we see it differently",
        compute="_compute_gap_picture",
        sanitize=False,
    )

    def _compute_gap_picture(self):
        for assessment in self:
            assessment.gap_picture = self.env["ir.qweb"]._render(
                "dupq_assessment.gap_picture",
                {"picture": assessment._draw_gaps(), "is_public": False},
            )

    def _get_gaps(self, most=None):
        """What each group said of each thing they rated, the widest gap first.

        :param most: how many of the widest, instead of all
        :return: list of {key, kind: "area", "statement" or "focus", area_id, area,
            statement_id, statement, focus_id, focus, reference, name, polarity, gap:
            from 0 to 1, perspectives: [{group_id, group, letter, shape, level,
            level_id, position, share: from 0 to 1, number: of people}]}; the groups
            come in their own order
        """
        self.ensure_one()
        domain = Domain("assessment_id", "in", self._origin.ids)
        domain &= Domain("perspective_id", "!=", False)
        domain &= Domain("level_id", "!=", False)
        widest, groups = self._get_widest_gaps(domain, most)
        ratings = self.env["dupq.assessment.rating"].search_fetch(
            domain & widest, GAP_FIELDS
        )
        # Read for all at once, before they are looked at one by one.
        ratings.statement_id.mapped("shown_text")
        ratings.area_id.mapped("shown_name")
        took_part = self._count_by_group()
        shapes = self._get_group_shapes()
        groups = groups.sorted(lambda one: (one.sequence, one.id))
        letters = dict(
            zip(groups, gaps.get_letters(groups.mapped("name")), strict=True)
        )
        things = ratings.grouped(
            lambda one: one.focus_id or one.statement_id or one.area_id
        )
        entries = [
            {
                **self._describe_rated(said[0]),
                "perspectives": [
                    {
                        **self._describe_group(one.perspective_id, shapes),
                        "letter": letters[one.perspective_id],
                        "level": one.level_id.name,
                        "level_id": one.level_id.id,
                        "position": one.level_id.position,
                        "share": one.level_id.share,
                        "number": one.number or took_part.get(one.perspective_id, 0),
                    }
                    for one in said.sorted(lambda one: one.perspective_sequence)
                ],
                "gap": gaps.get_gap(said.mapped("level_id.share")),
            }
            for said in things.values()
        ]
        return gaps.put_widest_first(entries)

    def _get_widest_gaps(self, domain, most):
        """Of which things the gap is widest, as a domain; and all groups that speak.

        From a row for each thing, where each group's view of it is one more.
        """
        rating = self.env["dupq.assessment.rating"]
        query = rating._search(domain)
        names = ("area_id", "statement_id", "focus_id", "level_id", "perspective_id")
        terms = [rating._field_to_sql(rating._table, name, query) for name in names]
        # In the order in which ratings come themselves.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT said.*
                  FROM (SELECT area_id, statement_id, focus_id,
                               array_agg(level_id), array_agg(perspective_id)
                          FROM %s rating
                      GROUP BY area_id, statement_id, focus_id) said
             LEFT JOIN dupq_code_area area ON area.id = said.area_id
             LEFT JOIN dupq_code_statement statement ON statement.id = said.statement_id
              ORDER BY area.sequence, area.id, said.statement_id IS NOT NULL,
                       statement.polarity DESC, statement.sequence, said.statement_id,
                       said.focus_id
                """,
                query.subselect(*terms),
            )
        )
        levels = self.env["dupq.rating.scale.level"].browse(
            {id_ for *_rest, ids, _groups in rows for id_ in ids}
        )
        shares = {level.id: level.share for level in levels}
        groups = self.env["dupq.stakeholder.group"].browse(
            {id_ for *_rest, ids in rows for id_ in ids}
        )
        if most is None:
            return Domain.TRUE, groups
        entries = [
            {
                "gap": gaps.get_gap([shares[id_] for id_ in levels]),
                "what": Domain("statement_id", "=", statement or False)
                & Domain("area_id", "=", area or False)
                & Domain("focus_id", "=", focus or False),
            }
            for area, statement, focus, levels, _groups in rows
        ]
        widest = gaps.put_widest_first(entries)[:most]
        return Domain.OR(entry["what"] for entry in widest), groups

    def _draw_gaps(self):
        """The picture of the gaps with the words behind each dot, for its template."""
        self.ensure_one()
        entries = self._get_gaps()
        words = self._get_gap_words()
        for entry in entries:
            for one in entry["perspectives"]:
                said, number = words.get((entry["key"], one["group_id"]), ([], 0))
                one["words"] = said
                one["more"] = number - len(said)
        return gaps.draw(entries, self.scale_id.level_ids.mapped("name"))

    def _get_gap_words(self):
        """The first words of each group about each thing, and how many there are.

        What was said of a statement comes with the statement, all else with its area.

        :return: {(key, group id): ([{words, feeling}], number)}
        """
        voice = self.env["dupq.voice"]
        links = voice._fields["statement_ids"]
        domain = Domain("assessment_id", "in", self._origin.ids)
        voices = voice._search(domain & Domain("words", "!=", False))
        columns = [
            voice._field_to_sql(voice._table, name, voices)
            for name in ("id", "group_id", "sequence", "area_id")
        ]
        rows = self.env.execute_query(
            SQL(
                """
                WITH voice AS MATERIALIZED %(voices)s
                SELECT key, group_id, count(*),
                       (array_agg(id ORDER BY sequence, id))[:%(most)s]
                  FROM (SELECT 'area-' || area_id AS key, group_id, sequence, id
                          FROM voice
                         WHERE area_id IS NOT NULL
                     UNION ALL
                        SELECT 'statement-' || link.%(statement)s, group_id,
                               sequence, id
                          FROM voice
                          JOIN %(links)s link ON link.%(voice)s = voice.id) said
              GROUP BY key, group_id
                """,
                voices=voices.subselect(*columns),
                most=WORDS_SHOWN,
                links=SQL.identifier(links.relation),
                voice=SQL.identifier(links.column1),
                statement=SQL.identifier(links.column2),
            )
        )
        first = voice.browse({id_ for *_rest, ids in rows for id_ in ids})
        first.fetch(["words", "feeling"])
        said = {
            one.id: {"words": one.words, "feeling": one.feeling or ""} for one in first
        }
        return {
            (key, group): ([said[id_] for id_ in ids], number)
            for key, group, number, ids in rows
        }

    @api.model
    def _describe_rated(self, rating):
        """What is rated, as plain values."""
        statement, area, focus = rating.statement_id, rating.area_id, rating.focus_id
        kind = "focus" if focus else "statement" if statement else "area"
        what = focus or statement or area
        focus_name = rating.assessment_id._get_focus_name(focus) if focus else ""
        return {
            "key": f"{kind}-{what.id}",
            "kind": kind,
            "area_id": area.id,
            "area": area.shown_name or "",
            "statement_id": statement.id,
            "statement": statement.shown_text or "",
            "focus_id": focus.id,
            "focus": focus_name,
            "reference": "" if focus else what.reference,
            "name": focus_name or statement.shown_text or area.shown_name,
            "polarity": statement.polarity or "",
        }

    @api.model
    def _describe_group(self, group, shapes):
        return {
            "group_id": group.id,
            "group": group.name,
            "shape": shapes.get(group, "circle"),
        }

    @api.model
    def _get_group_shapes(self):
        """The shape of each group, the same in every picture: {group: name}."""
        groups = self.env["dupq.stakeholder.group"].with_context(active_test=False)
        return gaps.get_shapes(
            (group.with_env(self.env), group.kind)
            for group in groups.search([], order="id")
        )
