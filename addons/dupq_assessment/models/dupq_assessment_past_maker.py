from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class DupqAssessmentPastMaker(models.AbstractModel):
    """Makes what the lines about earlier years tell of.

    A part of ``dupq.assessment.past``, in a file of its own. Whatever is made is
    recorded as past, with its source: nobody is told, and no deadline fires.
    """

    _name = "dupq.assessment.past.maker"
    _description = "Making of earlier years"

    def _make(self):
        """One self-assessment for each place and period, with all that is said."""
        for _key, lines in self.grouped(
            lambda line: (line.company_id, line._find_service(), line.date_to)
        ).items():
            assessment = lines._get_assessment()
            lines.write({"assessment_id": assessment.id})
            for line in lines:
                line._add_outcome(assessment)
                line._add_report(assessment)
                line._add_rating(assessment)
            lines._add_actions(assessment)
            last = lines[:1]
            assessment._record_past("completed", last.date_to, last.source)

    # === FINDING === #

    def _find_service(self):
        """The service that is named, or none for the whole organisation."""
        self.ensure_one()
        services = self.env["dupq.service"].with_context(active_test=False)
        if not (self.place or "").strip():
            return services
        place = self.place.strip()
        named = Domain("company_id", "=", self.company_id.id) & (
            Domain("reference", "=", place)
            | Domain("name", "=ilike", place)
            | Domain("complete_name", "=ilike", place)
        )
        found = services.search(named)
        if len(found) != 1:
            raise UserError(
                self.env._(
                    "%(number)s services are called “%(place)s”. Use the name or the "
                    "reference of one.",
                    number=len(found),
                    place=place,
                )
            )
        return found

    def _get_assessment(self):
        """The one these lines belong to: made by lines before, or new."""
        line = self[0]
        service = line._find_service()
        there = self.env["dupq.assessment"].search(
            Domain("company_id", "=", line.company_id.id)
            & Domain("service_id", "=", service.id)
            & Domain("service_ids", "=", False)
            & Domain("date_to", "=", line.date_to)
            & Domain("code_id", "=", line.code_id.id)
        )
        if not there:
            return there.create(self._prepare_assessment(service))
        if not self.search_count([("assessment_id", "in", there.ids)], limit=1):
            raise UserError(
                self.env._(
                    "“%(assessment)s” was made here and not from a file. Change it "
                    "where it stands.",
                    assessment=there[0].display_name,
                )
            )
        there = there[:1]
        there._record_past("running", line.date_to, line.source)
        return there

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

    def _add_outcome(self, assessment):
        if self.outcome and self.outcome != assessment.outcome:
            if assessment.outcome:
                self._refuse_other(self.env._("What we found overall"))
            assessment.outcome = self.outcome

    def _add_report(self, assessment):
        """The report as it came out then: a link, or a file."""
        if not self.report_url and not self.report_file:
            return
        if self.report_url and self.report_url in assessment.document_ids.mapped("url"):
            return
        assessment.document_ids.create(
            {
                "assessment_id": assessment.id,
                "name": self.env._("The report of that year"),
                "url": self.report_url,
                "file": self.report_file,
                "file_name": self.report_name,
            }
        )

    def _add_rating(self, assessment):
        """A rating of one area, as that scale calls it."""
        if not self.area:
            if self.level or self.group:
                raise UserError(self.env._("A rating needs its area."))
            return
        area = self._find_one(
            assessment.code_id.area_ids, self.area, ("reference", "name", "shown_name")
        )
        group = self.env["dupq.stakeholder.group"]
        if self.group:
            group = self._find_one(group.search(Domain.TRUE), self.group, ("name",))
        level = assessment.scale_id.level_ids.browse()
        if self.level:
            level = self._find_one(assessment.scale_id.level_ids, self.level, ("name",))
        values = {"level_id": level.id, "finding": self.finding}
        there = assessment.area_rating_ids.filtered(
            lambda rating: (
                rating.area_id == area
                and rating.perspective_id == group
                and not rating.statement_id
            )
        )
        if not there:
            there.create(
                {
                    **values,
                    "assessment_id": assessment.id,
                    "area_id": area.id,
                    "perspective_id": group.id,
                }
            )
        elif there.level_id != level:
            self._refuse_other(there.display_name)

    def _add_actions(self, assessment):
        """The actions, those that are done with the day and whether they worked."""
        made = {line: line._prepare_action(assessment) for line in self if line.action}
        actions = self.env["dupq.action"].create(list(made.values()))
        for line, action in zip(made, actions, strict=True):
            if line.date_done:
                action._record_past("done", line.date_done, line.source)

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
