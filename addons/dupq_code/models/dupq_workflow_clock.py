import logging
from collections import defaultdict
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ..const import ADMINISTRATOR
from ..dates import long_date

_logger = logging.getLogger(__name__)
BATCH = 500


class DupqWorkflowClock(models.AbstractModel):
    """Takes the steps whose day has passed, and says so beforehand.

    A deadline that is a day ends at midnight where the record's company works
    (its partner's time zone, else its working hours', else UTC); one with a time
    is a moment in UTC.
    """

    _name = "dupq.workflow.clock"
    _description = "Deadlines"

    @api.model
    def _cron_keep_deadlines(self, batch=BATCH):
        """Every deadline that has passed is kept, or somebody knows why not."""
        timed = self._get_timed_transitions()
        for records, transition in timed:
            self._remind(records, transition)
        work = [
            (self._find_due(records, transition).ids, records, transition)
            for records, transition in timed
        ]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=sum(len(ids) for ids, *_rest in work))
        for ids, records, transition in work:
            for some_ids in split_every(batch, ids):
                self._keep(records.browse(some_ids), transition)
                if not cron._commit_progress(len(some_ids)):
                    return
        for records, transition in timed:
            self._escalate(records, transition)

    @api.model
    def _get_timed_transitions(self):
        return [
            (self.env[name], transition)
            for name in self.env["dupq.workflow.log"]._get_workflow_models()
            for transition in self.env[name]._get_transitions()
            if transition.deadline
        ]

    # === FINDING === #

    @api.model
    def _find_due(self, records, transition):
        return records.search(
            Domain(records._state_field, "in", transition.sources)
            & self._get_passed_domain(records, transition),
            order="id",
        )

    @api.model
    def _get_passed_domain(self, records, transition):
        field = records._fields[transition.deadline]
        if field.type == "datetime":
            return Domain(field.name, "<=", fields.Datetime.now())
        return Domain.OR(
            Domain(field.name, "<", day) & domain
            for day, domain in self._get_company_days(records)
        )

    @api.model
    def _get_company_days(self, records):
        """The day it is now, with a domain of the records for which it is."""
        own_day = self.env.company._get_today()
        if "company_id" not in records._fields:
            return [(own_day, Domain.TRUE)]
        days = self.env["res.company"]._get_companies_by_today()
        return [
            (
                day,
                Domain("company_id", "in", companies.ids + [False] * (day == own_day)),
            )
            for day, companies in days.items()
        ]

    @api.model
    def _get_deadlines(self, records, transition):
        """The day of the deadline of each record."""
        return {
            record: fields.Date.to_date(record[transition.deadline])
            for record in records
        }

    # === KEEPING === #

    @api.model
    def _keep(self, records, transition):
        """Move those that may move; the others are escalated once."""
        try:
            with self.env.cr.savepoint():
                refused = records._take_by_date(transition)
        except OperationalError:
            raise
        except Exception:
            # One of them cannot be written: find out which, let the others go.
            refused = {}
            for record in records:
                refused |= self._keep_one(record, transition)
        deadlines = self._get_deadlines(refused, transition)
        claim = self.env["dupq.workflow.reminder"]._claim
        new = claim(transition, deadlines, "refused")
        self._tell(transition, {r: (deadlines[r], refused[r]) for r in new})

    @api.model
    def _keep_one(self, record, transition):
        try:
            with self.env.cr.savepoint():
                return record._take_by_date(transition)
        except OperationalError:
            raise
        except UserError as error:
            return {record: str(error)}
        except Exception:
            _logger.exception("%s, %s: deadline not kept", record, transition.name)
            return {record: self.env._("There was an error; see the server's log.")}

    # === TELLING === #

    @api.model
    def _remind(self, records, transition):
        """Tell, as many days before as the transition says, once each."""
        if not transition.remind:
            return
        ahead = max(transition.remind)
        reached = defaultdict(dict)
        for day, company in self._get_company_days(records):
            found = records.search(
                Domain(records._state_field, "in", transition.sources)
                & Domain(transition.deadline, "<", day + timedelta(days=ahead + 1))
                & company,
                order="id",
            )
            for record, date in self._get_deadlines(found, transition).items():
                for kind in self._get_reached(transition, (date - day).days):
                    reached[kind][record] = date
        self._tell_reached(transition, reached)

    @api.model
    def _get_reached(self, transition, days_left):
        """The reminders that are due with so many days left."""
        return [days for days in transition.remind if 0 <= days_left <= days]

    @api.model
    def _tell_reached(self, transition, reached):
        """Tell the nearest one only, of those that have come due together."""
        told = set()
        for kind in sorted(reached):
            claimed = self.env["dupq.workflow.reminder"]._claim(
                transition, reached[kind], str(kind)
            )
            new = [record for record in claimed if record not in told]
            self._tell(transition, {r: (reached[kind][r], None) for r in new})
            told.update(reached[kind])

    @api.model
    def _escalate(self, records, transition):
        """Tell the next in line, so many days after a deadline that nobody kept."""
        for days, tell in transition.escalate:
            late = {}
            for day, company in self._get_company_days(records):
                found = records.search(
                    Domain(records._state_field, "in", transition.sources)
                    & Domain(transition.deadline, "<", day - timedelta(days=days))
                    & company,
                    order="id",
                )
                late |= self._get_deadlines(found, transition)
            claim = self.env["dupq.workflow.reminder"]._claim
            new = claim(transition, late, f"+{days} {tell}")
            self._tell(transition, {r: (late[r], None) for r in new}, tell, days)

    @api.model
    def _tell(self, transition, news, tell=None, late=0):
        """Give whoever answers for each record something to do.

        :param news: ``{record: (day of the deadline, why it cannot be done)}``
        :param tell: whom to tell, if not as the transition says
        :param late: for so many days nobody kept the deadline
        """
        activities = defaultdict(list)
        tell = tell or transition.tell
        to_tell = self._get_users_to_tell(list(news), transition, tell)
        for record, (date, why) in news.items():
            for user in to_tell.get(record, ()):
                user_self = self.with_context(lang=user.lang)
                summary = record.with_context(lang=user.lang)._get_deadline_words(
                    transition, date, why, late
                ) or user_self._get_summary(transition, date, why, late)
                activities[user, summary].append(record)
        for (user, summary), records in activities.items():
            self._schedule(records[0].concat(*records[1:]), user, summary)

    @api.model
    def _get_summary(self, transition, date, why, late=0):
        values = {"step": transition.title, "date": long_date(self.env, date)}
        if late:
            return self.env._(
                "“%(step)s” was due on %(date)s: more than %(days)s days late.",
                **values,
                days=late,
            )
        if why:
            return self.env._(
                "“%(step)s” was due on %(date)s but cannot be done: %(why)s",
                **values,
                why=why,
            )
        return self.env._("“%(step)s” happens by itself after %(date)s.", **values)

    @api.model
    def _schedule(self, records, user, summary):
        # The list of activities is enough: no mail for each of many records.
        records = records.with_context(mail_activity_quick_update=True)
        if "activity_ids" in records._fields:
            records.activity_schedule(summary=summary, user_id=user.id)
            return
        # Whoever reads the activity need not be able to read the record.
        anybody = records.with_user(records.env.ref("base.public_user")).sudo()
        records.env["mail.activity"].create(
            [
                {"summary": f"{record.display_name}: {summary}", "user_id": user.id}
                for record in anybody
            ]
        )

    @api.model
    def _get_users_to_tell(self, records, transition, tell=None):
        """The person each record names, else the first group that can read it.

        The groups are the one to tell, those of the step and the administrators.

        :param records: a list of records of one model
        :return: ``{record: users}``, without those that nobody can be told about
        """
        told = {}
        if tell and "." not in tell:
            told = {record: record[tell] for record in records if record[tell]}
            tell = None
        for group in filter(None, (tell, *transition.groups, ADMINISTRATOR)):
            rest = [record for record in records if record not in told]
            if not rest:
                break
            told |= self._get_readers(rest[0].concat(*rest[1:]), group)
        return told

    @api.model
    def _get_readers(self, records, group):
        """``{record: users of the group who may read it}``; asks once for each user."""
        readers = defaultdict(self.env["res.users"].browse)
        for user in self.env.ref(group).all_user_ids.filtered("active"):
            for record in records.with_user(user)._filtered_access("read"):
                readers[record.with_env(records.env)] |= user
        return dict(readers)
