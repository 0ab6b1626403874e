from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ..training import kind_of_title, lines_of

# Who needs it: the field that says so, and the roles it speaks of.
NEEDED_BY = {
    "for_workers": ("support_worker", "relief"),
    "for_managers": ("manager", "deputy", "practice_leader"),
    "for_leaders": ("chief_executive", "senior_manager"),
    "for_board": ("chair", "board_member"),
}
# So many records are looked at in one transaction.
BATCH = 2000
# Where the nightly look goes on: a host and the last number looked at.
AFTER = "dupq_code.recognise_after"
# Hosts whose records are training.
HOSTS = ("hr.resume.line", "hr.employee.skill")


class DupqTrainingKind(models.Model):
    """A kind of training: who needs it, how long it lasts, how it is recognised.

    Courses that eLearning, events and surveys write into a CV are recognised by what
    they already hold, so nobody types anything (C38, C39).
    """

    _name = "dupq.training.kind"
    _description = "Kind of training"
    _inherit = ["dupq.remembered"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10, help="The first kind that recognises a course has it."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all companies."
    )
    category = fields.Selection(
        [
            ("safeguarding", "Safeguarding"),
            ("oliver_mcgowan", "Learning disability and autism (Oliver McGowan)"),
            ("person_centred", "Person-centred support"),
            ("positive_behaviour", "Positive behaviour support"),
            ("communication", "Communication"),
            ("health", "Health and medication"),
            ("safety", "Safety at work"),
            ("other", "Another subject"),
        ],
        string="About",
        required=True,
        default="other",
    )
    tier = fields.Selection([("1", "Tier 1"), ("2", "Tier 2")])
    is_person_centred = fields.Boolean(
        string="Centred on the person",
        help="It is about the people supported themselves. A course of another kind is "
        "too when it says for which person or service it was.",
    )
    needs_codelivery = fields.Boolean(
        string="Needs co-delivery",
        help="It has to be given together with somebody with lived experience.",
    )
    renewal_months = fields.Integer(
        string="Renew after (months)", help="Empty: it does not run out."
    )
    warn_days = fields.Integer(
        string="Warn before (days)",
        default=60,
        help="So long before it runs out it is to be renewed soon.",
    )
    is_chased = fields.Boolean(
        string="Tell managers",
        help="A manager gets a to-do on the employee, once for each renewal.",
    )
    met_by_ids = fields.Many2many(
        "dupq.training.kind",
        "dupq_training_kind_met_by_rel",
        "kind_id",
        "met_by_id",
        string="Also met by",
        help="Who has one of these needs no other: tier 2 contains tier 1.",
    )

    # Who needs it
    for_everyone = fields.Boolean(string="All staff")
    for_workers = fields.Boolean(string="Support and relief workers")
    for_managers = fields.Boolean(string="Managers, deputies, practice leaders")
    for_leaders = fields.Boolean(string="Chief executive and senior managers")
    for_board = fields.Boolean(string="Board members")

    # How it is recognised
    skill_ids = fields.Many2many("hr.skill", string="Skills and qualifications")
    words = fields.Char(
        string="Words in the title",
        help="With commas between; the name of the kind is one of them.",
    )
    course_domain = fields.Char(
        string="Courses",
        help="Or any other mark of a line of a CV: the eLearning course, event or "
        "survey that wrote it, its type, its properties.",
    )
    import_codes = fields.Char(
        string="Category in files",
        help="What a file of training records calls it, with commas between.",
    )

    _renewal = models.Constraint(
        "CHECK(renewal_months IS NULL OR renewal_months >= 0)",
        "A renewal cannot be due before the training.",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("course_domain")
    def _check_course_domain(self):
        for kind in self:
            if kind.course_domain and kind._get_course_domain() is None:
                raise ValidationError(
                    self.env._(
                        "%(kind)s: these marks of a course cannot be read. Choose them "
                        "again.",
                        kind=kind.name,
                    )
                )

    # === ACTIONS === #

    def action_recognise(self):
        """Look through the records that are of no kind yet."""
        self.check_access("write")
        count = self._recognise_all()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Records recognised: %(count)s.", count=count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # === BUSINESS METHODS === #

    def _get_course_domain(self):
        """What marks a course of this kind, or None where it cannot be read."""
        self.ensure_one()
        return self._parse_course_domain(self.course_domain)

    @api.model
    def _parse_course_domain(self, text):
        """The module of a field may have gone since it was chosen."""
        try:
            domain = Domain(literal_eval(text or "[]"))
            domain.validate(self.env["hr.resume.line"])
        except (SyntaxError, ValueError, KeyError, TypeError):
            return None
        return domain

    @api.model
    @ormcache("self.env.lang")
    def _get_marks(self):
        """By what each kind is recognised, kept until a kind changes.

        Whoever saves a course must not wait for it.

        :return: tuple of (id, company id, skill ids, words, text of a domain)
        """
        # The kinds are the same, whoever writes a record of their own.
        return tuple(
            (
                kind.id,
                kind.company_id.id,
                tuple(kind.skill_ids.ids),
                lines_of(kind.name, kind.words),
                kind.course_domain or "",
            )
            for kind in self.sudo().search(Domain.TRUE)
        )

    @api.model
    def _recognise(self, records):
        """The kind of each record that is of one: ``{record: kind}``.

        :param records: lines of CVs, or skills of employees
        """
        result = {}
        # Only of which company the employee is.
        by_company = records.sudo().grouped(
            lambda record: record.employee_id.company_id
        )
        for company, own in by_company.items():
            marks = [m for m in self._get_marks() if m[1] in (False, company.id)]
            result.update(self._recognise_here(own.with_env(records.env), marks))
        return {record: self.browse(kind_id) for record, kind_id in result.items()}

    @api.model
    def _recognise_here(self, records, marks):
        """The same for records of one company: ``{record: id of a kind}``."""
        if records._name == "hr.employee.skill":
            by_skill = {
                s: id_ for id_, _c, skills, *_ in reversed(marks) for s in skills
            }
            return {
                record: by_skill[record.skill_id.id]
                for record in records
                if record.skill_id.id in by_skill
            }
        courses = records.filtered(lambda line: line._is_dupq_course())
        result = {}
        for id_, *_, text in reversed(marks):
            domain = self._parse_course_domain(text) if text else None
            if domain is not None:
                result.update(dict.fromkeys(courses.filtered_domain(domain), id_))
        named = [(id_, lines) for id_, _c, _s, lines, _d in marks]
        by_title = {
            title: kind_of_title(title, named) for title in set(courses.mapped("name"))
        }
        for line in courses:
            if line not in result and by_title[line.name]:
                result[line] = by_title[line.name]
        return result

    @api.model
    def _recognise_all(self):
        """Give a kind to each training record that is of none yet, and count them."""
        self.env.flush_all()
        count = 0
        for model in HOSTS:
            after = 0
            while after is not None:
                found, after, _looked_at = self._recognise_some(model, after, BATCH)
                count += found
        return count

    @api.model
    def _recognise_some(self, model, after, limit):
        """The same for some, in the order of their numbers.

        One statement for each kind. Only our column is written, and not that
        somebody wrote: it is the provider's record as it was.

        :return: how many were recognised, the last number or None at the end, and
            how many were looked at
        """
        # Everybody's records, to say of which kind they are.
        records_sudo = self.env[model].sudo().with_context(active_test=False)
        unknown = records_sudo.search(
            self._get_unknown_domain() & Domain("id", ">", after),
            order="id",
            limit=limit,
        )
        found = self._recognise(unknown)
        by_kind = {}
        for record, kind in found.items():
            by_kind.setdefault(kind.id, []).append(record.id)
        for kind_id, ids in by_kind.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET dupq_kind_id = %s WHERE id = ANY(%s)",
                    SQL.identifier(records_sudo._table),
                    kind_id,
                    ids,
                )
            )
        # What was read of these is not kept while others are looked at.
        unknown.invalidate_recordset()
        last = unknown[-1].id if len(unknown) == limit else None
        return len(found), last, len(unknown)

    @api.model
    def _get_unknown_domain(self):
        """What is of no kind, and of which nobody said so."""
        unsaid = Domain("dupq_kind_is_cleared", "=", False)
        return Domain("dupq_kind_id", "=", False) & unsaid

    @api.model
    def _cron_recognise(self, batch=BATCH):
        """Recognise what was there before a kind was, or before we were.

        Some at a time; where time is up, or the server stops, it goes on from there.
        """
        cron = self.env["ir.cron"]
        # Where it stopped is nobody's secret, and nobody's to set.
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        model, _comma, number = (parameters_sudo.get_param(AFTER) or "").partition(",")
        first = HOSTS.index(model) if model in HOSTS else 0
        after = int(number) if model in HOSTS else 0
        cron._commit_progress(remaining=self._count_unknown(first, after))
        for model in HOSTS[first:]:
            while after is not None:
                _found, after, looked_at = self._recognise_some(model, after, batch)
                parameters_sudo.set_param(AFTER, after and f"{model},{after}")
                if not cron._commit_progress(looked_at) and after is not None:
                    return
            after = 0

    @api.model
    def _count_unknown(self, first, after):
        """How many are still to be looked at, from a number of a host on."""
        total = 0
        for model in HOSTS[first:]:
            # Only their number.
            records_sudo = self.env[model].sudo().with_context(active_test=False)
            domain = self._get_unknown_domain() & Domain("id", ">", after)
            total += records_sudo.search_count(domain)
            after = 0
        return total
