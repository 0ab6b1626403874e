from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.dupq_code.models.dupq_service_member import MANAGING_ROLES

# How many services are named one by one in the name of a self-assessment.
NAMED_SERVICES = 3
AND_MORE = "..."


class DupqAssessmentPlace(models.AbstractModel):
    """Where a self-assessment looks: a service, several, a region, or everywhere.

    A part of ``dupq.assessment``, in a file of its own. Members of any of its
    services read it; who changes it manages all of them.
    """

    _name = "dupq.assessment.place"
    _description = "Place of a Self-assessment"

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    scope = fields.Selection(
        [
            ("service", "One service"),
            ("services", "Several services"),
            ("region", "A region, with all its services"),
            ("organisation", "The whole organisation"),
        ],
        required=True,
        default="service",
    )
    service_id = fields.Many2one(
        "dupq.service",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="The service, or the region with all its services.",
    )
    service_ids = fields.Many2many(
        "dupq.service",
        "dupq_assessment_service_rel",
        "assessment_id",
        "service_id",
        string="Services",
        check_company=True,
        ondelete="restrict",
        help="Each service that is looked at, when there are several.",
    )
    is_mine = fields.Boolean(
        string="Of my services", compute="_compute_is_mine", search="_search_is_mine"
    )
    is_managed = fields.Boolean(
        string="Of services I manage",
        compute="_compute_is_managed",
        search="_search_is_managed",
    )

    # === COMPUTE METHODS === #

    @api.depends("scope", "service_id", "service_ids", "company_id", "date_to")
    def _compute_name(self):
        """Suggest place and year; a name that somebody typed stays."""
        typed = self._with_typed_name()
        for assessment in self:
            place = assessment._get_place_name()
            year = assessment.date_to.year if assessment.date_to else ""
            if assessment in typed:
                assessment.name = assessment.name
            elif place:
                assessment.name = self.env._(
                    "%(place)s, %(year)s", place=place, year=year
                )
            else:
                assessment.name = assessment.name or self.env._("New self-assessment")

    def _with_typed_name(self):
        """Those whose name is not one that we suggested, for any place."""
        places = {
            assessment: assessment.name.rpartition(", ")[0]
            for assessment in self
            if assessment.name and assessment.name != self.env._("New self-assessment")
        }
        # Several services are named one after the other.
        parts = {part for place in places.values() for part in place.split(", ")}
        # Only asks which of the words are the name of a place.
        services_sudo = self.env["dupq.service"].sudo().with_context(active_test=False)
        known = set(
            services_sudo.search(
                [("name", "in", list(parts | set(places.values())))]
            ).mapped("name")
        )
        known |= set(self.company_id.mapped("name")) | {AND_MORE}
        return self.browse().concat(
            *(
                assessment
                for assessment, place in places.items()
                if place not in known and set(place.split(", ")) - known
            )
        )

    @api.depends("service_id", "service_ids")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self._with_membership(roles=None)
        for assessment in self:
            assessment.is_mine = assessment in mine

    @api.depends("service_id", "service_ids")
    @api.depends_context("uid")
    def _compute_is_managed(self):
        managed = self._with_membership(roles=MANAGING_ROLES)
        for assessment in self:
            assessment.is_managed = assessment in managed

    def _with_membership(self, roles):
        """Those of these whose services the user belongs to, in the given roles."""
        domain = Domain("id", "in", self._origin.ids)
        domain &= self._search_membership("in", roles)
        # Only tells which of the given records are of services of the user.
        return self.browse(self.sudo().search(domain).ids)

    def _search_is_mine(self, operator, value):
        return self._search_membership(operator, roles=None)

    def _search_is_managed(self, operator, value):
        return self._search_membership(operator, roles=MANAGING_ROLES)

    def _search_membership(self, operator, roles):
        """Of any of its services for its members, of all for those who manage."""
        if operator != "in":
            return NotImplemented
        service = self.env["dupq.service"]
        covered = Domain("id", "in", service._get_membership_query(roles))
        several = Domain("service_ids", "any!", covered)
        if roles:
            several &= Domain("service_ids", "not any!", ~covered)
        return Domain("service_id", "any!", covered) | several

    # === CONSTRAINT METHODS === #

    @api.constrains("scope", "service_ids")
    def _check_service_ids(self):
        for assessment in self:
            if bool(assessment.service_ids) != (assessment.scope == "services"):
                raise ValidationError(
                    self.env._("Name the services for several services, and only then.")
                )

    # === ONCHANGE METHODS === #

    @api.onchange("scope")
    def _onchange_scope(self):
        """Forget the places that the new choice does not have."""
        if self.scope == "services":
            if self.service_id and not self.service_ids:
                self.service_ids = [Command.set(self.service_id.ids)]
            self.service_id = False
            return
        self.service_ids = [Command.clear()]
        is_region = self.service_id.kind == "region"
        if self.scope == "organisation" or is_region != (self.scope == "region"):
            self.service_id = False

    # === CRUD METHODS === #

    def write(self, vals):
        """Override so that nobody gives away, or takes in, what they do not manage."""
        res = super().write(vals)
        if vals.keys() & {"scope", "service_id", "service_ids", "company_id"}:
            self.check_access("write")
        return res

    # === BUSINESS METHODS === #

    def _get_services(self):
        """Every service it looks at, with those below: one recordset for all of self.

        Regions are among them: they are nodes of the tree like any other.
        """
        return self.env["dupq.service"].search(self._get_all_services_domain())

    def _get_all_services_domain(self):
        """Domain of the services that any of self looks at."""
        domain = Domain.FALSE
        whole = self.filtered(lambda one: one.scope == "organisation")
        if whole:
            domain |= Domain("company_id", "in", whole.company_id.ids)
        if named := (self - whole).service_id | (self - whole).service_ids:
            domain |= Domain("id", "child_of", named.ids)
        return domain

    def _get_services_domain(self, path="service_id"):
        """Domain of records that belong to what it looks at."""
        self.ensure_one()
        if named := self.service_id | self.service_ids:
            return Domain(path, "child_of", named.ids)
        return Domain("company_id", "=", self.company_id.id)

    def _refuse_outside(self, services):
        """Refuse services that are not among those it looks at."""
        self.ensure_one()
        services -= self.service_id
        if not services:
            return
        inside = self._get_services_domain("id")
        if outside := services - services.filtered_domain(inside):
            raise ValidationError(
                self.env._(
                    "%(service)s is not part of what “%(assessment)s” looks at.",
                    service=outside[0].name,
                    assessment=self.name,
                )
            )

    def _get_same_place_domain(self):
        """Domain of all self-assessments of exactly this place, this one included."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("service_id", "=", self.service_id.id)
        if not self.service_ids:
            return domain & Domain("service_ids", "=", False)
        for service in self.service_ids:
            domain &= Domain("service_ids", "any!", [("id", "=", service.id)])
        others = [("id", "not in", self.service_ids.ids)]
        return domain & Domain("service_ids", "not any!", others)

    def _get_place_name(self):
        """What people call the place, or nothing while none is chosen."""
        self.ensure_one()
        if self.scope == "organisation":
            return self.company_id.name
        if self.scope != "services":
            return self.service_id.name or ""
        names = sorted(self.service_ids.mapped("name"))
        if len(names) > NAMED_SERVICES:
            names = [*names[:NAMED_SERVICES], AND_MORE]
        return ", ".join(names)
