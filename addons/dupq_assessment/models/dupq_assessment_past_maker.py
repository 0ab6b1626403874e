from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# By which a service may be named in a file.
SERVICE_FIELDS = ("company_id", "reference", "name", "complete_name", "kind")


class DupqAssessmentPastMaker(models.AbstractModel):
    """Makes what the lines about earlier years tell of.

    A part of ``dupq.assessment.past``, in a file of its own. Whatever is made is
    recorded as past, with its source: nobody is told, and no deadline fires.
    """

    _name = "dupq.assessment.past.maker"
    _description = "Making of earlier years"

    def _make(self):
        """One self-assessment for each place and period, with all that is said.

        Looked for, made and written for all lines together, however many years or
        places a file tells of.
        """
        services = self._find_services()
        groups = self.grouped(
            lambda line: (line.company_id, services[line], line.date_to)
        )
        assessments = self._get_assessments(groups)
        for key, lines in groups.items():
            lines.write({"assessment_id": assessments[key].id})
        self._add_outcomes()
        self._add_reports()
        self._add_ratings()
        self._add_actions()
        firsts = self.browse(lines[:1].id for lines in groups.values())
        for (date, source), lines in firsts._by_day_and_source("date_to"):
            lines.assessment_id._record_past("completed", date, source)

    def _by_day_and_source(self, name):
        """Lines of which the same is recorded: pairs of (day, source) and lines."""
        return self.grouped(lambda line: (line[name], line.source)).items()

    # === FINDING === #

    def _find_services(self):
        """{line: the service that is named, or none for the whole organisation}."""
        named = self.filtered(lambda line: (line.place or "").strip())
        none = self.env["dupq.service"].with_context(active_test=False)
        services = none.search_fetch(
            Domain("company_id", "in", named.company_id.ids), SERVICE_FIELDS
        )
        called = defaultdict(set)
        for service in services:
            company = service.company_id.id
            called[company, "reference", service.reference].add(service.id)
            for name in (service.name, service.complete_name):
                called[company, "name", (name or "").casefold()].add(service.id)
        found = dict.fromkeys(self, none)
        for line in named:
            place = line.place.strip()
            company = line.company_id.id
            ids = called[company, "reference", place]
            ids = ids | called[company, "name", place.casefold()]
            if len(ids) != 1:
                raise UserError(
                    self.env._(
                        "%(number)s services are called “%(place)s”. Use the name or "
                        "the reference of one.",
                        number=len(ids),
                        place=place,
                    )
                )
            found[line] = services.browse(ids)
        return found

    def _get_assessments(self, groups):
        """{key: the one its lines belong to}, made by lines before, or new.

        :param groups: {(company, service, last day): lines}
        """
        there = self._search_assessments(groups)
        # Whether lines have made them, and not somebody here.
        made = self.search_fetch(
            [("assessment_id", "in", [id_ for ids in there.values() for id_ in ids])],
            ["assessment_id"],
        ).assessment_id
        new, old = {}, {}
        for key, lines in groups.items():
            found = self.env["dupq.assessment"].browse(there.get(key))
            if not found:
                new[key] = lines._prepare_assessment(key[1])
            elif not found & made:
                raise UserError(
                    self.env._(
                        "“%(assessment)s” was made here and not from a file. Change "
                        "it where it stands.",
                        assessment=found[0].display_name,
                    )
                )
            else:
                old[key] = found[:1]
        firsts = {groups[key][:1]: one for key, one in old.items()}
        for (date, source), lines in self.browse(
            line.id for line in firsts
        )._by_day_and_source("date_to"):
            one_day = self.env["dupq.assessment"].union(*(firsts[one] for one in lines))
            one_day._record_past("running", date, source)
        usual = {"scale_id": self.env["dupq.assessment"]._default_scale_id().id}
        created = self.env["dupq.assessment"].create(
            [{**usual, **values} for values in new.values()]
        )
        return {**old, **dict(zip(new, created, strict=True))}

    def _search_assessments(self, groups):
        """{key: ids of those of this place, day and Code}."""
        found = self.env["dupq.assessment"].search_fetch(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("date_to", "in", list(set(self.mapped("date_to"))))
            & Domain("code_id", "in", self.code_id.ids)
            & Domain("service_ids", "=", False),
            ["company_id", "service_id", "date_to", "code_id"],
        )
        by_place = found.grouped(
            lambda one: (one.company_id, one.service_id, one.date_to, one.code_id)
        )
        return {
            key: by_place.get((*key, lines[:1].code_id), found.browse()).ids
            for key, lines in groups.items()
        }

    def _prepare_assessment(self, service):
        line = self[0]
        scope = "region" if service.kind == "region" else "service"
        begun = line.date_from or line.date_to - relativedelta(years=1, days=-1)
        values = {
            "company_id": line.company_id.id,
            "scope": scope if service else "organisation",
            "service_id": service.id,
            "code_id": line.code_id.id,
            "date_from": begun,
            "date_to": line.date_to,
            "date_planned": False,
        }
        if scale := self.scale_id[:1]:
            values["scale_id"] = scale.id
        return values

    # === ADDING === #

    def _add_outcomes(self):
        for line in self.filtered("outcome"):
            assessment = line.assessment_id
            if assessment.outcome and assessment.outcome != line.outcome:
                line._refuse_other(self.env._("What we found overall"))
            if not assessment.outcome:
                assessment.outcome = line.outcome

    def _add_reports(self):
        """The reports as they came out then: links, or files."""
        documents = self.assessment_id.document_ids
        there = {(one.assessment_id, one.url) for one in documents}
        new = []
        for line in self.filtered(lambda one: one.report_url or one.report_file):
            key = (line.assessment_id, line.report_url)
            if line.report_url and key in there:
                continue
            there.add(key)
            new.append(
                {
                    "assessment_id": line.assessment_id.id,
                    "name": self.env._("The report of that year"),
                    "url": line.report_url,
                    "file": line.report_file,
                    "file_name": line.report_name,
                }
            )
        documents.create(new)

    def _add_ratings(self):
        """Ratings of areas, as that scale calls them."""
        ratings = self.assessment_id.area_rating_ids
        there = {
            (one.assessment_id, one.area_id, one.perspective_id): one.level_id
            for one in ratings
            if not one.statement_id
        }
        groups = self.env["dupq.stakeholder.group"].search(Domain.TRUE)
        new = []
        for line in self:
            if not (area := line._find_area()):
                continue
            group = groups.browse()
            if line.group:
                group = self._find_one(groups, line.group, ("name",))
            levels = line.assessment_id.scale_id.level_ids
            level = levels.browse()
            if line.level:
                level = self._find_one(levels, line.level, ("name",))
            key = (line.assessment_id, area, group)
            if key not in there:
                there[key] = level
                new.append(
                    {
                        "assessment_id": line.assessment_id.id,
                        "area_id": area.id,
                        "perspective_id": group.id,
                        "level_id": level.id,
                        "finding": line.finding,
                    }
                )
            elif there[key] != level:
                names = (area.display_name, group.name)
                line._refuse_other(", ".join(name for name in names if name))
        ratings.create(new)

    def _find_area(self):
        """The area that is rated, if the line tells of a rating."""
        areas = self.assessment_id.code_id.area_ids
        if self.area:
            return self._find_one(areas, self.area, ("reference", "name", "shown_name"))
        if self.level or self.group:
            raise UserError(self.env._("A rating needs its area."))
        return areas.browse()

    def _add_actions(self):
        """The actions, those that are done with the day and whether they worked."""
        told = self.filtered("action")
        actions = self.env["dupq.action"].create(
            [line._prepare_action(line.assessment_id) for line in told]
        )
        by_line = dict(zip(told, actions, strict=True))
        done = told.filtered("date_done")
        for (date, source), lines in done._by_day_and_source("date_done"):
            done_then = actions.union(*(by_line[line] for line in lines))
            done_then._record_past("done", date, source)

    def _prepare_action(self, assessment):
        return {
            "name": self.action,
            "finding": self.finding if not self.area else False,
            "assessment_id": assessment.id,
            "company_id": self.company_id.id,
            "service_id": assessment.service_id.id,
            "owner_id": self.env.uid,
            "date_due": self.date_due or self.date_done or self.date_to,
            "told_before": self.did_it_work,
            "date_done": self.date_done,
            "progress": 100 if self.date_done else 0,
        }

    @api.model
    def _find_one(self, records, text, names):
        """The record that is called so, by any of the names, whatever the case."""
        wanted = text.strip().casefold()
        for name in names:
            found = records.filtered(
                lambda one, name=name: (one[name] or "").strip().casefold() == wanted
            )
            if len(found) == 1:
                return found
        raise UserError(
            self.env._(
                "“%(text)s” is none of these: %(names)s.",
                text=text,
                names=", ".join(records.mapped("display_name")),
            )
        )

    def _refuse_other(self, what):
        raise UserError(
            self.env._(
                "Something else is said already: %(what)s, %(place)s, %(date)s.",
                what=what,
                place=self.place or self.company_id.name,
                date=self.date_to,
            )
        )
