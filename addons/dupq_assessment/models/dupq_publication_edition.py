import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import file_open

from odoo.addons.dupq_code.dates import long_date

from .publication_print import as_address, bind, easy_read_parts, picture, report_parts
from .tell_one import tell_one

_logger = logging.getLogger(__name__)

STYLE = "dupq_assessment/static/src/print/edition.css"


class DupqPublicationEdition(models.Model):
    """A published report as a PDF: made part by part in the background, and kept.

    It is made when the report comes out, and anew when words were taken back, so that
    visitors only fetch it. How far it is can be seen, left, and found again; once it is
    ready, it hangs on the self-assessment too. After trouble it goes on with the part
    that could not be made.
    """

    _name = "dupq.publication.edition"
    _description = "Printed Edition of a Published Report"
    _order = "publication_id desc, kind"

    publication_id = fields.Many2one(
        "dupq.publication",
        string="Report",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="publication_id.company_id")
    kind = fields.Selection(
        [("report", "All the words"), ("easy_read", "Easy Read")],
        string="Edition",
        required=True,
        readonly=True,
    )
    part_count = fields.Integer(string="Parts", readonly=True)
    parts_made = fields.Integer(readonly=True)
    is_ready = fields.Boolean(string="Ready", readonly=True)
    date_made = fields.Datetime(string="Made on", readonly=True)
    page_count = fields.Integer(string="Pages", readonly=True)
    trouble = fields.Char(string="What went wrong", readonly=True)
    progress = fields.Integer(string="Made, in %", compute="_compute_progress")
    progress_said = fields.Char(string="How far it is", compute="_compute_progress")
    is_under_way = fields.Boolean(string="Being made", compute="_compute_progress")
    # The same file on the self-assessment, for those who work there.
    copy_id = fields.Many2one(
        "ir.attachment",
        string="On the self-assessment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _kind_uniq = models.Constraint(
        "UNIQUE(publication_id, kind)", "Each report has one edition of a kind."
    )
    _to_make_idx = models.Index("(id) WHERE is_ready IS NOT TRUE")

    @api.depends("publication_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for edition in self:
            edition.display_name = self.env._(
                "%(report)s, version %(version)s: %(kind)s",
                report=edition.publication_id.name or "",
                version=edition.publication_id.version,
                kind=kinds.get(edition.kind, ""),
            )

    @api.depends("part_count", "parts_made", "is_ready", "page_count", "trouble")
    def _compute_progress(self):
        for edition in self:
            # The last step is putting the parts together.
            steps = (edition.part_count or 1) + 1
            edition.progress = (
                100 if edition.is_ready else 100 * edition.parts_made // steps
            )
            edition.progress_said = edition._say_progress()
            edition.is_under_way = not (edition.is_ready or edition.trouble)

    def _say_progress(self):
        self.ensure_one()
        if self.is_ready:
            return self.env._("Ready: %(count)s pages.", count=self.page_count)
        if not self.part_count:
            if self.trouble:
                return self.env._("It could not be begun.")
            return self.env._("It is about to be made.")
        said = self.env._(
            "Made: %(made)s of %(parts)s parts.",
            made=self.parts_made,
            parts=self.part_count,
        )
        return self.env._("Stopped. %(said)s", said=said) if self.trouble else said

    # === ACTIONS === #

    def action_open(self):
        """Open the PDF, or the page that says how far it is."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self._get_url(), "target": "new"}

    def action_go_on(self):
        """Go on with the part that could not be made; those made before stay."""
        self.publication_id.check_access("read")
        # As for making it again.
        self.sudo().write({"trouble": False})
        self._call_maker()

    def action_make_again(self):
        """Begin again, with another font or logo."""
        self.publication_id.check_access("read")
        # Makes the same PDF of what is published anyway; nobody may change it by hand.
        self.sudo()._make_again()

    # === BUSINESS METHODS === #

    @api.model
    def _prepare(self, publications):
        """One of each kind for each report, to be made as soon as can be."""
        kinds = self._fields["kind"].get_values(self.env)
        self.create(
            [
                {"publication_id": publication.id, "kind": kind}
                for publication in publications
                for kind in kinds
            ]
        )
        self._call_maker()

    def _make_again(self):
        """Throw away what was made and begin anew."""
        (self._get_files() | self.copy_id).unlink()
        self.write(
            {
                "part_count": 0,
                "parts_made": 0,
                "is_ready": False,
                "date_made": False,
                "page_count": 0,
                "trouble": False,
            }
        )
        self._call_maker()

    @api.model
    def _call_maker(self):
        self.env.ref("dupq_assessment.dupq_publication_edition_cron").sudo()._trigger()

    @api.model
    def _cron_make(self):
        """Make what is not made yet, part by part; each part is kept at once."""
        cron = self.env["ir.cron"]
        waiting = self.search(
            Domain("is_ready", "=", False) & Domain("trouble", "=", False), order="id"
        )
        cron._commit_progress(remaining=len(waiting))
        for edition in waiting:
            edition = edition._in_its_language()
            while not (edition.is_ready or edition.trouble):
                edition._make_next()
                if not cron._commit_progress(int(edition.is_ready)):
                    return

    def _in_its_language(self):
        """The same in the language of the report, whoever runs the clock."""
        lang = self.publication_id.lang
        is_there = self.env["res.lang"]._get_data(code=lang).id
        return self.with_context(lang=lang) if is_there else self

    def _make_next(self):
        """Make one part, or put the parts together once all are there."""
        self.ensure_one()
        # Whoever takes words back meanwhile changes this row too, and one of the two
        # then begins again: no part with those words can stay.
        self.lock_for_update()
        try:
            if not self.part_count:
                self.part_count = len(self._get_parts())
            with self.env.cr.savepoint():
                self._make_step()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # Somebody is just changing it: its turn comes again.
            raise
        except Exception as error:  # said to people, whatever it is
            _logger.exception("Edition %s broke off", self.id)
            self.trouble = self._say_trouble(str(error) or type(error).__name__)
            self._tell(self.trouble)

    def _say_trouble(self, reason):
        """Which part could not be made, in words."""
        reason = " ".join(reason.split())[:200]
        if self.part_count and self.parts_made >= self.part_count:
            return self.env._(
                "All parts are made, but they could not be put together: %(reason)s",
                reason=reason,
            )
        if not self.part_count:
            return self.env._("It could not be begun: %(reason)s", reason=reason)
        return self.env._(
            "Part %(number)s of %(parts)s could not be made: %(reason)s",
            number=self.parts_made + 1,
            parts=self.part_count,
            reason=reason,
        )

    def _make_step(self):
        parts = self._get_parts()
        self.part_count = len(parts)
        if self.parts_made < len(parts):
            html = self._render_part(parts[self.parts_made])
            self._keep_file(f"part-{self.parts_made:05}", self._make_pdf(html))
            self.parts_made += 1
            return
        pieces = self._get_files()
        content, page_count = bind(
            [piece.raw for piece in pieces.sorted("name")],
            self.display_name,
            self.publication_id.lang.replace("_", "-"),
            lambda number, of: self.env._(
                "Page %(number)s of %(of)s", number=number, of=of
            ),
        )
        pieces.unlink()
        self._keep_file("edition", content)
        self.write(
            {
                "is_ready": True,
                "page_count": page_count,
                "date_made": fields.Datetime.now(),
                "copy_id": self._keep_copy(content).id,
            }
        )
        self._tell(self.env._("The PDF is ready. %(pages)s", pages=self.progress_said))

    def _keep_copy(self, content):
        """The finished file on the self-assessment, where people look for it."""
        return self.env["ir.attachment"].create(
            {
                "name": f"{self.display_name}.pdf".replace("/", "-"),
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": "dupq.assessment",
                "res_id": self.publication_id.assessment_id.id,
            }
        )

    def _tell(self, words):
        """A note on the self-assessment, for the one who published it."""
        assessment = self.publication_id.assessment_id
        if not assessment:
            return
        tell_one(
            self.publication_id.create_uid,
            assessment,
            self.display_name,
            words,
            said=f"{self.display_name}. {words}",
            attachment_ids=self.copy_id.ids,
        )

    def _get_parts(self):
        publication = self._in_its_language().publication_id
        if self.kind == "report":
            report = publication._get_report_values()
            return [{**part, "report": report} for part in report_parts(report)]
        values = publication._get_easy_read_values(is_printed=True)
        return [{**part, "easy_read": values} for part in easy_read_parts(values)]

    def _render_part(self, part):
        templates = {
            "report": "dupq_assessment.print_report",
            "easy_read": "dupq_assessment.print_easy_read",
        }
        with file_open(STYLE) as file:
            style = Markup(file.read())
        publication = self.publication_id
        base_url = publication.get_base_url()
        return self.env["ir.qweb"]._render(
            templates[self.kind],
            {
                **part,
                "style": style,
                "picture_address": picture,
                "media_address": self._get_media_address,
                "base_url": base_url,
                "made": long_date(self.env, fields.Date.context_today(self)),
                "lang": publication.lang.replace("_", "-"),
            },
        )

    def _get_media_address(self, one):
        """A published picture as an address that holds the picture itself."""
        file = self.publication_id._get_media(one["sequence"], one["number"])
        return as_address(file.mimetype, file.raw) if file else ""

    @api.model
    def _make_pdf(self, html):
        """The PDF of one document, by the program that Odoo prints with."""
        paper = self.env.ref("dupq_assessment.dupq_publication_paperformat")
        report = self.env["ir.actions.report"].new({"paperformat_id": paper.id})
        return report._run_wkhtmltopdf([html])

    # === FILES === #

    def _keep_file(self, name, content):
        self.env["ir.attachment"].create(
            {
                "name": f"{name}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _get_files(self):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return self.env["ir.attachment"].search(domain, order="id")

    def _get_url(self):
        middle = "/easy-read" if self.kind == "easy_read" else ""
        publication = self.publication_id
        return f"{publication.url}/{publication.version}{middle}/pdf"
