from collections.abc import Collection

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ..advert import sentences
from .dupq_service_member import MANAGING_ROLES


class DupqPerson(models.Model):
    """A person who is supported: only what others need to support them well.

    Who belongs to the person's service today reads it, the person does, and those
    of their circle of support whom they let. Nobody else, whatever their role: for
    everyone else the person is a reference. None of the words kept here reaches
    the ledger or a public page.
    """

    _name = "dupq.person"
    _description = "Person supported"
    # Odoo makes whoever has something to do for them a follower.
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "reference, id"
    _rec_names_search = ["reference", "preferred_name"]
    _check_company_auto = True

    reference = fields.Char(
        required=True,
        copy=False,
        default=lambda self: self.env["ir.sequence"].next_by_code("dupq.person"),
        help="Stands for the person wherever their name has no place.",
    )
    preferred_name = fields.Char(required=True, help="As the person likes to be called")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Own login",
        copy=False,
        index="btree_not_null",
        help="The person's own portal login, if they want one.",
    )

    # Where
    stay_ids = fields.One2many("dupq.person.stay", "person_id", copy=False)
    service_id = fields.Many2one(
        "dupq.service",
        string="Supported by",
        compute="_compute_service_id",
        search="_search_service_id",
    )
    is_mine = fields.Boolean(
        string="In my service", compute="_compute_is_mine", search="_search_is_mine"
    )
    is_managed = fields.Boolean(
        string="In a service I manage",
        compute="_compute_is_managed",
        search="_search_is_managed",
    )

    # One-page profile
    like_about_me = fields.Text(string="What people like about me")
    matters_to_me = fields.Text(string="What matters to me")
    best_support = fields.Text(string="How best to support me")
    profile_review_date = fields.Date(
        string="Look at it again on",
        help="What people like and need changes: a day to look at the profile with "
        "them.",
    )

    # The staff I want
    interest_ids = fields.Many2many(
        "dupq.trait",
        "dupq_person_interest_rel",
        "person_id",
        "trait_id",
        string="My interests",
        domain=[("kind", "=", "interest")],
    )
    quality_ids = fields.Many2many(
        "dupq.trait",
        "dupq_person_quality_rel",
        "person_id",
        "trait_id",
        string="Qualities I want in my staff",
        domain=[("kind", "=", "quality")],
    )
    must_have_ids = fields.Many2many(
        "dupq.trait",
        "dupq_person_must_have_rel",
        "person_id",
        "trait_id",
        string="They must have",
        help="Without these it would not work.",
    )

    job_person_ids = fields.One2many("dupq.job.person", "person_id", copy=False)

    # How to talk with me
    preferred_format = fields.Selection(
        [
            ("easy_read", "Easy Read"),
            ("plain", "Plain English"),
            ("large_print", "Large print"),
            ("spoken", "Spoken, or recorded sound"),
            ("video", "Video"),
            ("signs", "Signs or symbols"),
        ],
        default="easy_read",
        required=True,
    )
    communication_needs = fields.Text()
    communication_review_date = fields.Date(string="Look at this again on")

    # Who is there for me, and what I agreed to
    circle_ids = fields.One2many("dupq.circle.member", "person_id", copy=False)
    consent_ids = fields.One2many("dupq.person.consent", "person_id", copy=False)

    _reference_uniq = models.UniqueIndex(
        "(company_id, reference)", "Another person has this reference."
    )

    # === COMPUTE METHODS === #

    @api.depends("reference", "preferred_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """The name for those who may read it, else the reference.

        Links from other records show a name without asking our rules.
        """
        known = self
        if self.env.uid != SUPERUSER_ID:
            known = self.sudo(False)._filtered_access("read")
        for person in self:
            # The reference is for everyone who meets a link to the person.
            reference = person.sudo().reference
            person.display_name = (
                f"{person.preferred_name} ({reference})"
                if person in known or not person._origin
                else reference
            )

    @api.depends("stay_ids.service_id", "stay_ids.date_from", "stay_ids.date_to")
    def _compute_service_id(self):
        today = fields.Date.context_today(self)
        for person in self:
            person.service_id = person.stay_ids.filtered(
                lambda stay: stay._is_on(today)
            ).service_id[:1]

    def _search_service_id(self, operator, value):
        if operator not in ("in", "any", "child_of", "parent_of"):
            return NotImplemented
        today = self.env["dupq.person.stay"]._get_domain_on(
            fields.Date.context_today(self)
        )
        found = Domain("stay_ids", "any", Domain("service_id", operator, value) & today)
        if operator == "in" and isinstance(value, Collection) and False in value:
            found |= Domain("stay_ids", "not any", today)
        return found

    @api.depends_context("uid")
    def _compute_is_mine(self):
        self._compute_membership("is_mine", roles=None)

    @api.depends_context("uid")
    def _compute_is_managed(self):
        self._compute_membership("is_managed", roles=MANAGING_ROLES)

    def _search_is_mine(self, operator, value):
        return self._search_membership(operator, value, roles=None)

    def _search_is_managed(self, operator, value):
        return self._search_membership(operator, value, roles=MANAGING_ROLES)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Override to group and sort by the service of today, which is not stored."""
        if field_expr != "service_id":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields["service_id"], "read")
        stays = self.env["dupq.person.stay"]
        stays.flush_model(["person_id", "service_id", "date_from", "date_to"])
        # The people are this reader's own already; a stay has the person's rules.
        today = stays.sudo()._search(
            stays._get_domain_on(fields.Date.context_today(self)), order=None
        )
        stay = query.left_join(
            alias,
            "id",
            today.subselect("person_id", "service_id"),
            "person_id",
            "stay_today",
        )
        return SQL.identifier(stay, "service_id")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to begin the stay of a person who is given a service.

        ``default_service_id`` is what the list of a service sends.
        """
        service_id = self.env.context.get("default_service_id")
        for vals in vals_list:
            if service_id and not vals.get("stay_ids"):
                vals["stay_ids"] = [Command.create({"service_id": service_id})]
            if not vals.get("stay_ids"):
                raise UserError(
                    self.env._(
                        "Say in which service %(name)s is supported: only who works "
                        "there can read it.",
                        name=vals.get("preferred_name") or "",
                    )
                )
        return super(DupqPerson, self.with_context(default_service_id=False)).create(
            vals_list
        )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Override to tell nobody who no longer supports the person.

        Whoever followed them once would get every message, whatever they may read.
        """
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        users = self.env["res.users"].browse(r["uid"] for r in recipients if r["uid"])
        readers = users.filtered(lambda u: self.with_user(u).has_access("read"))
        return [r for r in recipients if r["uid"] in readers.ids]

    # === BUSINESS METHODS === #

    def _get_agreed(self, purpose):
        """Those among these who have agreed to the purpose, and not taken it back."""
        consents = self.env["dupq.person.consent"].search(
            [
                ("person_id", "in", self.ids),
                ("purpose", "=", purpose),
                ("state", "=", "given"),
            ]
        )
        return consents.person_id

    def _get_wishes(self):
        """What the profile says of the staff wanted: values of `dupq.job.wish`."""
        self.ensure_one()
        traits = self.interest_ids | self.quality_ids | self.must_have_ids
        wishes = [
            {
                "kind": trait.kind,
                "trait_id": trait.id,
                "must_have": trait in self.must_have_ids,
                "text": trait.name,
            }
            for trait in traits
        ]
        for kind, text in (
            ("matters", self.matters_to_me),
            ("support", self.best_support),
        ):
            wishes += [{"kind": kind, "text": line} for line in sentences(text)]
        return wishes

    def _compute_membership(self, name, roles):
        domain = Domain("id", "in", self._origin.ids)
        domain &= self._search_membership("in", [True], roles)
        # Only tells which of the given people the user supports.
        found_sudo = self.sudo().with_context(active_test=False).search(domain)
        for person in self:
            person[name] = person._origin.id in found_sudo._ids

    def _search_membership(self, operator, value, roles):
        """People with a stay today in a service that the user belongs to today."""
        if operator != "in":
            return NotImplemented
        self.env["dupq.person.stay"].flush_model()
        today = fields.Date.context_today(self)
        return Domain(
            "id",
            "in",
            SQL(
                """(
                    SELECT p.person_id FROM dupq_person_stay p
                     WHERE p.date_from <= %(today)s
                       AND (p.date_to IS NULL OR p.date_to >= %(today)s)
                       AND p.service_id IN %(services)s
                )""",
                today=today,
                services=self.env["dupq.service"]._get_membership_query(roles),
            ),
        )
