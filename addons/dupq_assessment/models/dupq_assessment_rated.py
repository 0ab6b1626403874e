from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .. import gaps

# It tells what was so before once it has begun, whatever became of it.
BEGUN_STATES = ("running", "completed", "published", "replaced")

# How much of what each group said is shown behind its dot.
WORDS_SHOWN = 3
# What tells the place of a self-assessment, and when it was.
PLACE_FIELDS = ("company_id", "service_id", "service_ids", "code_id", "date_to")
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


class DupqAssessmentRated(models.AbstractModel):
    """How a self-assessment is rated, by whom, and where people see it differently.

    A part of ``dupq.assessment``, in a file of its own.
    """

    _name = "dupq.assessment.rated"
    _description = "Ratings of a Self-assessment"

    # Not rating_ids: customer ratings of Odoo bring a field of that name.
    area_rating_ids = fields.One2many(
        "dupq.assessment.rating", "assessment_id", string="All ratings"
    )
    summary_ids = fields.One2many(
        "dupq.assessment.rating",
        "assessment_id",
        string="Summary ratings",
        domain=[
            ("perspective_id", "=", False),
            ("statement_id", "=", False),
            ("focus_id", "=", False),
        ],
    )
    perspective_rating_ids = fields.One2many(
        "dupq.assessment.rating",
        "assessment_id",
        string="How each group sees it",
        domain=[
            ("perspective_id", "!=", False),
            ("statement_id", "=", False),
            ("focus_id", "=", False),
        ],
    )
    statement_rating_ids = fields.One2many(
        "dupq.assessment.rating",
        "assessment_id",
        string="Ratings of statements",
        domain=[("statement_id", "!=", False)],
    )
    focus_rating_ids = fields.One2many(
        "dupq.assessment.rating",
        "assessment_id",
        string="Ratings of parts of our organisation",
        domain=[("focus_id", "!=", False)],
    )

    # What the ratings rest on, and what was said about them
    source_ids = fields.One2many(
        "dupq.assessment.source", "assessment_id", string="Collected already"
    )
    proportion_ids = fields.One2many(
        "dupq.assessment.proportion", "assessment_id", string="How many receive it"
    )
    barrier_ids = fields.One2many(
        "dupq.assessment.barrier", "assessment_id", string="What stops us"
    )
    dissent_ids = fields.One2many(
        "dupq.assessment.dissent", "assessment_id", string="Objections"
    )
    rating_change_ids = fields.One2many(
        "dupq.assessment.rating.change", "assessment_id", string="What was changed"
    )
    gap_picture = fields.Html(
        string="Where we see it differently",
        compute="_compute_gap_picture",
        sanitize=False,
    )
    open_dissent_count = fields.Integer(
        string="Objections not answered", compute="_compute_open_dissent_count"
    )

    # === COMPUTE METHODS === #

    def _compute_gap_picture(self):
        for assessment in self:
            assessment.gap_picture = self.env["ir.qweb"]._render(
                "dupq_assessment.gap_picture",
                {"picture": assessment._draw_gaps(), "is_public": False},
            )

    @api.depends("dissent_ids.state")
    def _compute_open_dissent_count(self):
        counts = dict(
            self.env["dupq.assessment.dissent"]._read_group(
                [("assessment_id", "in", self._origin.ids), ("state", "=", "open")],
                ["assessment_id"],
                ["__count"],
            )
        )
        for assessment in self:
            assessment.open_dissent_count = counts.get(assessment._origin, 0)

    # === ACTIONS === #

    def action_contest(self):
        """Open a new objection to one of the ratings."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dupq.assessment.dissent",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("I see it differently"),
            "context": {"default_assessment_id": self.id},
        }

    def action_rate(self):
        """Open the grid: statements by groups of people."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "dupq_rating_grid",
            "name": self.env._("Rating grid"),
            "params": {"assessment_id": self.id},
        }

    def action_view_grounds(self):
        """What the ratings rest on, as a plain list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_assessment_rating_action_grounds"
        )
        of_it = [("assessment_id", "=", self.id), ("focus_id", "=", False)]
        return {**action, "domain": [*of_it, ("perspective_id", "=", False)]}

    # === RATINGS === #

    def _prepare_ratings(self):
        """An empty summary for each area, or part of the organisation, without one."""
        for assessment in self:
            areas = assessment._get_areas() - assessment.summary_ids.area_id
            seen = assessment.focus_rating_ids.filtered(
                lambda rating: not rating.perspective_id
            )
            focuses = assessment._get_focuses() - seen.focus_id
            assessment.summary_ids = [
                Command.create({"area_id": area.id}) for area in areas
            ]
            assessment.focus_rating_ids = [
                Command.create({"focus_id": focus.id}) for focus in focuses
            ]

    def _prepare_sources(self):
        """A line to tick off for each kind of information that may be there."""
        sources = self.env["dupq.information.source"].search([("active", "=", True)])
        for assessment in self:
            assessment.source_ids = [
                Command.create({"source_id": source.id})
                for source in sources - assessment.source_ids.source_id
            ]

    def _get_areas(self):
        """The areas of the Code along which it goes, if it does."""
        self.ensure_one()
        is_by_area = self.approach in ("area", "both")
        return self.code_id.area_ids if is_by_area else self.env["dupq.code.area"]

    def _get_unrated_areas(self):
        self.ensure_one()
        return self._get_areas() - self.summary_ids.filtered(is_rated).area_id

    def _get_unrated_names(self):
        """References of areas, and names of parts of the organisation, to rate yet."""
        self.ensure_one()
        rated = self.focus_rating_ids.filtered(
            lambda rating: not rating.perspective_id and is_rated(rating)
        )
        focuses = self._get_focuses() - rated.focus_id
        names = [self._get_focus_name(focus) for focus in focuses]
        return [*self._get_unrated_areas().mapped("reference"), *names]

    # === WHERE PEOPLE SEE IT DIFFERENTLY === #

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

    # === WHAT WAS SO BEFORE === #

    def _get_before(self):
        """The self-assessment of this place, by the same Code, before this one."""
        self.ensure_one()
        return self._get_before_by_assessment()[self]

    def _get_before_by_assessment(self):
        """The same for each of self, in as many queries as for one."""
        before = dict.fromkeys(self, self.browse())
        dated = self.filtered("date_to")
        if not dated:
            return before
        domain = Domain("company_id", "in", dated.company_id.ids)
        domain &= Domain("service_id", "in", [*dated.service_id._origin.ids, False])
        domain &= Domain("code_id.key", "in", dated.code_id.mapped("key"))
        domain &= Domain("state", "in", BEGUN_STATES)
        domain &= Domain("date_to", "<", max(dated.mapped("date_to")))
        earlier = self.search_fetch(
            domain, PLACE_FIELDS, order="date_to desc, id desc"
        ).grouped(_get_place)
        for one in dated:
            there = earlier.get(_get_place(one), self.browse())
            before[one] = there.filtered(
                lambda other, one=one: (
                    other != one._origin and other.date_to < one.date_to
                )
            )[:1]
        # Whatever is asked of one of them is asked for all.
        ids = [last.id for last in before.values() if last]
        return {one: last.with_prefetch(ids) for one, last in before.items()}

    # === EVIDENCE === #

    def _count_statement_evidence(self, statements):
        """Items a reader may open: {statement: (says good, says not yet)}."""
        self.ensure_one()
        model = self.env["dupq.evidence"]
        if not self.id or not model.has_access("read"):
            return {}
        domain = self._get_evidence_domain()
        domain &= Domain("statement_ids", "in", statements._origin.ids)
        found = model._read_group(domain, ["statement_ids", "polarity"], ["__count"])
        counts = {}
        for statement, polarity, count in found:
            good, not_yet = counts.get(statement, (0, 0))
            if polarity == "good":
                good = count
            else:
                not_yet = count
            counts[statement] = (good, not_yet)
        return counts


def _get_place(assessment):
    """By which two self-assessments are of the same place, and by the same Code."""
    return (
        assessment.company_id.id,
        assessment.service_id._origin.id,
        frozenset(assessment.service_ids._origin.ids),
        assessment.code_id.key,
    )


def is_rated(rating):
    """Whether something is said, and this year: a level, or that it does not apply."""
    is_said = rating.level_id or rating.is_not_applicable
    return bool(is_said and not rating.is_carried)
