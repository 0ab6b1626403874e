import re
import unicodedata

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dupq_code.dates import long_date

from .. import digest
from .publication_easy_read import easy_read_values
from .publication_key import PUBLISH_SENTINEL
from .publication_live import live_values
from .publication_media import kept_files
from .publication_open_data import open_data
from .publication_page import report_values


class DupqPublication(models.Model):
    """What was said in public about a service on a day: a snapshot that stays.

    It is made by publishing a self-assessment and by nothing else, and then
    neither changed nor removed by anyone. Public pages read it and never the
    records it was made from.
    """

    _name = "dupq.publication"
    _description = "Published Report"
    _inherit = ["dupq.publication.taken.back"]
    _order = "date desc, version desc, id desc"

    name = fields.Char(required=True)
    address = fields.Char(required=True, help="The last part of its web address.")
    version = fields.Integer(required=True)
    date = fields.Date(required=True)
    lang = fields.Char(required=True)
    change_note = fields.Char(string="What has changed")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict"
    )
    service_id = fields.Many2one(
        "dupq.service", index="btree_not_null", ondelete="restrict"
    )
    assessment_id = fields.Many2one(
        "dupq.assessment", index="btree_not_null", ondelete="restrict"
    )
    block_ids = fields.One2many("dupq.publication.block", "publication_id")
    edition_ids = fields.One2many("dupq.publication.edition", "publication_id")
    seal = fields.Char(required=True, help="The hash over the hashes of its blocks.")
    is_genuine = fields.Boolean(string="Seal holds", compute="_compute_is_genuine")
    url = fields.Char(string="Web address", compute="_compute_url")

    _address_uniq = models.Constraint(
        "UNIQUE(address, version)", "This version has been published already."
    )

    # === COMPUTE METHODS === #

    @api.depends("address", "version")
    def _compute_url(self):
        for publication in self:
            publication.url = f"/quality/{publication.address}"

    @api.depends("seal", "block_ids.digest")
    def _compute_is_genuine(self):
        for publication in self:
            blocks = publication.block_ids
            publication.is_genuine = publication.seal == digest.seal(
                blocks.mapped("digest")
            ) and all(block._holds() for block in blocks)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        return super(DupqPublication, self._as_publisher()).create(vals_list)

    def write(self, vals):
        self.check_access("write")
        return super(DupqPublication, self._as_publisher()).write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse()

    @api.model
    def _as_publisher(self):
        """These records without the sentinel; refused when it was not there."""
        context = dict(self.env.context)
        if context.pop("dupq_publish", None) is not PUBLISH_SENTINEL:
            self._refuse()
        return self.with_env(self.env(context=context))

    @api.model
    def _refuse(self):
        raise UserError(
            self.env._(
                "What has been published stays as it is. Publish a new version instead."
            )
        )

    # === BUSINESS METHODS === #

    @api.model
    def _publish(self, assessments, date=None):
        """Make a snapshot of each self-assessment, as a new version if there is one.

        :param date: the day it was published, if not today
        """
        # Whoever may take the transition may publish; nobody may create directly.
        publisher_sudo = self.sudo().with_context(dupq_publish=PUBLISH_SENTINEL)
        publications_sudo = self.sudo().browse()
        for assessment in assessments:
            values, blocks = self._prepare_publication(assessment, date)
            publication_sudo = publisher_sudo.create(values)
            blocks_sudo = publisher_sudo.env["dupq.publication.block"].create(
                [{**block, "publication_id": publication_sudo.id} for block in blocks]
            )
            blocks_sudo._keep_media()
            publications_sudo |= publication_sudo
        self.env["dupq.publication.edition"].sudo()._prepare(publications_sudo)
        return publications_sudo.with_env(self.env)

    @api.model
    def _prepare_publication(self, assessment, date=None):
        """Values of the snapshot and of its blocks, sealed in their order."""
        date = fields.Date.to_date(date) or fields.Date.context_today(assessment)
        address, version = self._get_address(assessment)
        block_model = self.env["dupq.publication.block"]
        blocks = [
            block_model._prepare_block(number, *content)
            for number, content in enumerate(
                block_model._get_contents(assessment, date), 1
            )
        ]
        values = {
            "name": assessment.name,
            "address": address,
            "version": version,
            "date": date,
            "lang": self.env.lang or "en_GB",
            "change_note": assessment.change_note,
            "company_id": assessment.company_id.id,
            "service_id": assessment.service_id.id,
            "assessment_id": assessment.id,
            "seal": digest.seal([block["digest"] for block in blocks]),
        }
        return values, blocks

    @api.model
    def _get_address(self, assessment):
        """The address of the place, the same for all its reports, and version."""
        # Publications are public; the address belongs to the place for ever.
        model_sudo = self.sudo()
        last_sudo = model_sudo.search(
            [("assessment_id", "any", assessment._get_same_place_domain())],
            order="version desc",
            limit=1,
        )
        if last_sudo:
            return last_sudo.address, last_sudo.version + 1
        slug = slugify(assessment._get_place_name()) or f"report-{assessment.id}"
        taken = set(
            model_sudo.search([("address", "=like", f"{slug}%")]).mapped("address")
        )
        number = 1
        address = slug
        while address in taken:
            number += 1
            address = f"{slug}-{number}"
        return address, 1

    # === PUBLIC PAGE === #

    @api.model
    def _get_by_address(self, address, version=None):
        """The snapshot at an address: the newest, or the version asked for."""
        domain = [("address", "=", address)]
        if version:
            domain.append(("version", "=", version))
        # Whatever is published is for everyone.
        return self.sudo().search(domain, order="version desc", limit=1)

    @api.model
    def _get_newest(self, domain=()):
        """The newest snapshot of each address."""
        # Whatever is published is for everyone.
        model_sudo = self.sudo()
        newest = model_sudo._read_group(
            list(domain), ["address"], ["version:max"], order="address"
        )
        return model_sudo.search(
            fields.Domain.OR(
                fields.Domain("address", "=", address)
                & fields.Domain("version", "=", version)
                for address, version in newest
            )
        )

    def _get_places(self):
        """What each is about, as its title says: {publication: name}."""
        # Whatever is published is for everyone.
        blocks_sudo = self.env["dupq.publication.block"].sudo()
        titles = {
            block.publication_id.id: block.data or {}
            for block in blocks_sudo.search(
                [("publication_id", "in", self.ids), ("kind", "=", "title")]
            )
        }
        return {
            one: titles.get(one.id, {}).get("service") or one.company_id.name
            for one in self
        }

    def _get_report_values(self):
        """Plain values for the page, and nothing else: see publication_page."""
        self.ensure_one()
        return report_values(self, self._get_progress(), self._get_versions())

    def _get_easy_read_values(self, is_printed=False):
        """Plain values for the Easy Read page: see publication_easy_read."""
        self.ensure_one()
        return easy_read_values(self, self._get_progress(), is_printed)

    def _get_open_data(self, base_url):
        """The report as data that anyone can check: see publication_open_data."""
        self.ensure_one()
        return open_data(self, base_url)

    def _get_edition(self, kind):
        """The printed edition of a kind, in sudo mode."""
        self.ensure_one()
        # Whatever is published is for everyone.
        return self.sudo().edition_ids.filtered(lambda one: one.kind == kind)

    def _get_media(self, sequence, number):
        """A file kept with a block, by its place; none if it was taken back."""
        self.ensure_one()
        # Whatever is published is for everyone.
        blocks_sudo = self.sudo().block_ids
        block = blocks_sudo.filtered(lambda one: one.sequence == sequence)
        if not block or block.erased_on or number < 1:
            return self.env["ir.attachment"].sudo()
        return kept_files(block)[number - 1 : number]

    def _renew_editions(self):
        """Also make the PDFs anew: words stood in them that were taken back."""
        res = super()._renew_editions()
        # Who takes words back changes no edition by hand.
        self.sudo().edition_ids._make_again()
        return res

    def _get_progress(self):
        """How far the plan is today, the one live part: see publication_live."""
        self.ensure_one()
        return live_values(self)

    def _get_versions(self):
        """All versions at this address, newest first."""
        self.ensure_one()
        # Whatever is published is for everyone.
        versions_sudo = self.sudo().search(
            [("address", "=", self.address)], order="version desc"
        )
        return [
            {
                "number": one.version,
                "name": one.name,
                "date": long_date(self.env, one.date),
                "note": one.change_note or "",
                "url": f"{one.url}/{one.version}",
                "is_shown": one.id == self.id,
                "is_newest": one == versions_sudo[0],
            }
            for one in versions_sudo
        ]


def slugify(text):
    """The words of a name as a web address.

    >>> slugify("12 Orchard Road (demo)")
    '12-orchard-road-demo'
    >>> slugify("Tŷ Coed & Co.")
    'ty-coed-co'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
