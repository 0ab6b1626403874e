"""What the figures of self-assessments rest on, asked once for all of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from odoo.tools import SQL

from .const import VOICES_NEEDED

TRACES = ("assessment_id", "create_uid", "channel", "date")
RATED = ("assessment_id", "write_uid", "write_date")
TAKING_PART = ("assessment_id", "group_id", "method", "is_token")
SERVICE = ("id", "name", "kind", "company_id", "parent_path")


class Service(NamedTuple):
    """One of many services, with the ids of itself and of those above it."""

    id: int
    name: str
    kind: str
    company_id: int
    above: set


class TakingPart(NamedTuple):
    """Those of one group who take part in one way, wherever: wanted, and come."""

    group_id: int
    method: str
    is_token: bool
    planned: int
    actual: int


@dataclass
class Traces:
    """Who wrote something down, by which ways it came, on which days, how much."""

    writers: set = field(default_factory=set)
    channels: set = field(default_factory=set)
    days: set = field(default_factory=set)
    count: int = 0


class Figures:
    """Facts about some self-assessments that several of their figures need.

    Each is asked when it is first looked at: in one statement, for all of them and
    with the reader's own rights, however many voices, ratings or services there are.
    One is made for the figures of one moment and forgotten with them.
    """

    def __init__(self, assessments):
        self.assessments = assessments
        self.env = assessments.env

    # === VOICES AND RATINGS, HOWEVER MANY === #

    def get_voices(self, assessment):
        """The traces that its voices have left."""
        return self._voices[assessment._origin.id]

    def get_ratings(self, assessment):
        """The traces that ratings with a level have left, each with its writer."""
        return self._ratings[assessment._origin.id]

    @cached_property
    def _voices(self):
        found = defaultdict(Traces)
        rows = self._group("dupq.voice", [], TRACES)
        for assessment, writer, channel, day, count in rows:
            traces = found[assessment]
            traces.writers.add(writer)
            traces.channels.add(channel)
            traces.days.add(day)
            traces.count += count
        return found

    @cached_property
    def _ratings(self):
        """{assessment: {(writer, day)}}; the hour at which it was does not matter."""
        found = defaultdict(set)
        rows = self._group("dupq.assessment.rating", [("level_id", "!=", False)], RATED)
        for assessment, writer, day, _count in rows:
            found[assessment].add((writer, day))
        return found

    def get_note_writers(self, assessment):
        """The ids of those who took notes in discussions that took place."""
        return self._note_writers[assessment._origin.id]

    @cached_property
    def _note_writers(self):
        found = defaultdict(set)
        held = [("session_id.state", "=", "held")]
        for assessment, author, _count in self._group(
            "dupq.assessment.session.note", held, ("assessment_id", "author_id")
        ):
            found[assessment].add(author)
        return found

    # === WHO TAKES PART, IN HOWEVER MANY SERVICES === #

    def get_taking_part(self, assessment):
        """The sums of who was to take part and who did: a list of ``TakingPart``."""
        return self._taking_part[assessment._origin.id]

    @cached_property
    def _taking_part(self):
        found = defaultdict(list)
        model = self.env["dupq.assessment.participant"]
        sums = SQL(
            "COALESCE(sum(%s), 0), COALESCE(sum(%s), 0)",
            model._field_to_sql(model._table, "planned"),
            model._field_to_sql(model._table, "actual"),
        )
        domain = [("assessment_id", "in", self.assessments._origin.ids)]
        for assessment, *sums_of_some in select_rows(model, domain, TAKING_PART, sums):
            found[assessment].append(TakingPart(*sums_of_some))
        return found

    def get_heard_services(self, assessment):
        """The ids of services in which people took part whose lives it is about."""
        return self._heard_services[assessment._origin.id]

    @cached_property
    def _heard_services(self):
        found = defaultdict(set)
        needed = self.assessments._get_known_groups(VOICES_NEEDED)
        came = [("actual", "!=", 0), ("group_id", "in", needed.ids)]
        for assessment, service, _count in self._group(
            "dupq.assessment.participant", came, ("assessment_id", "service_id")
        ):
            found[assessment].add(service)
        return found

    def _group(self, name, domain, columns):
        """How many there are of each combination of the columns."""
        ids = self.assessments._origin.ids
        domain = [("assessment_id", "in", ids), *domain]
        return select_rows(self.env[name], domain, columns, SQL("count(*)"))

    # === SERVICES === #

    def get_services(self, assessment):
        """Every service it looks at, regions too, in their order: plain rows."""
        company = assessment.company_id.id
        if assessment.scope == "organisation":
            return [one for one in self._services if one.company_id == company]
        named = (assessment.service_id | assessment.service_ids)._origin.ids
        return [one for one in self._services if not one.above.isdisjoint(named)]

    @cached_property
    def _services(self):
        """Those of all, as far as the reader may see them."""
        model = self.env["dupq.service"]
        domain = self.assessments._get_all_services_domain()
        return [
            Service(*row, {int(id_) for id_ in (path or "").split("/")[:-1]})
            for *row, path in select_rows(model, domain, SERVICE, order=model._order)
        ]

    @cached_property
    def groups(self):
        """Every group of people that may be asked, in their order."""
        return self.env["dupq.stakeholder.group"].search([])

    # === WHAT A READER WILL ASK === #

    def get_remarks(self, assessment):
        """The questions of a reader, see ``_get_remarks``."""
        if assessment not in self._remarks:
            self._remarks[assessment] = assessment._get_remarks(self)
        return self._remarks[assessment]

    @cached_property
    def _remarks(self):
        return {}


def select_rows(model, domain, columns, aggregate=None, order=None):
    """Plain rows of stored fields of what the reader may read.

    For very many, of which no records need to be made; and for figures by people,
    which ``_read_group`` would sort by their names. A moment is given as its day.

    :param SQL aggregate: then a row for each combination of the columns, and this
    """
    query = model._search(domain, order=order)
    terms = []
    for column in columns:
        term = model._field_to_sql(model._table, column, query)
        is_moment = model._fields[column].type == "datetime"
        terms.append(SQL("%s::date", term) if is_moment else term)
    if aggregate:
        query.groupby = SQL(", ").join(terms)
        terms.append(aggregate)
    return model.env.execute_query(query.select(*terms))
