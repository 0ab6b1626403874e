import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import report_file

# What can be found in a report of another style, by the question it answers.
SHOWN = {
    "who": "shows_who",
    "how": "shows_how",
    "words": "shows_words",
    "hard": "shows_hard",
    "plan": "shows_plan",
}


class DupqAssessmentDocument(models.Model):
    """The report in another style: minutes, a film, a paper, a page elsewhere.

    There is no right or wrong way to report. A file or a link stands beside what is
    written here, or in its place; who adds it says what can be found in it.
    """

    _name = "dupq.assessment.document"
    _description = "Report in Another Style"
    _inherit = ["dupq.assessment.part"]
    _order = "assessment_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(
        required=True, help="For example: minutes of our meeting in May."
    )
    sequence = fields.Integer(default=10)
    style = fields.Selection(
        [
            ("report", "A written report"),
            ("minutes", "Minutes of a meeting"),
            ("easy_read", "An Easy Read report"),
            ("film", "A film"),
            ("sound", "A recording"),
            ("pictures", "Pictures or a social story"),
            ("page", "A page on our own website"),
            ("other", "Something else"),
        ],
        required=True,
        default="report",
    )
    url = fields.Char(string="Link", help="For example a page of your own website.")
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char()
    mimetype = fields.Char(readonly=True, copy=False)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", compute="_compute_attachment_ids"
    )
    transcript = fields.Text(
        string="What is said in it",
        help="For those who cannot see or hear it: needed for a film or a recording.",
    )
    is_agreed = fields.Boolean(
        string="Everyone in it agrees",
        help="Whoever can be seen, heard or recognised agrees that anyone may see it.",
    )

    # What a reader finds in it
    shows_who = fields.Boolean(string="Who took part")
    shows_how = fields.Boolean(string="How it was done")
    shows_words = fields.Boolean(string="What people said, good and not yet good")
    shows_hard = fields.Boolean(string="What is hard")
    shows_plan = fields.Boolean(string="What will be done, by when")

    # === COMPUTE METHODS === #

    @api.depends("file")
    def _compute_attachment_ids(self):
        """The stored file, for those who copy it beside what is published."""
        domain = [
            ("res_model", "=", self._name),
            ("res_field", "=", "file"),
            ("res_id", "in", self._origin.ids),
        ]
        # Who may read the document may read its file.
        files_sudo = self.env["ir.attachment"].sudo().search(domain)
        by_record = files_sudo.grouped("res_id")
        for document in self:
            document.attachment_ids = by_record.get(document._origin.id, False)

    # === CONSTRAINT METHODS === #

    @api.constrains("name", "url", "file")
    def _check_something(self):
        for document in self:
            if not document.url and not document.file:
                raise ValidationError(self.env._("Add a file or a link."))
            if document.url and not document.url.lower().startswith(
                ("https://", "http://")
            ):
                raise ValidationError(
                    self.env._("Write the link in full, beginning with https://.")
                )

    @api.constrains("file", "transcript", "style")
    def _check_transcript(self):
        for document in self:
            is_heard = (document.mimetype or "").startswith(("video/", "audio/"))
            is_heard |= document.style in ("film", "sound")
            if is_heard and not (document.transcript or "").strip():
                raise ValidationError(
                    self.env._(
                        "Write down what is said in “%(name)s”, for those who cannot "
                        "see or hear it.",
                        name=document.name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_type(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_type(vals))

    def _check_open(self):
        """Override: added until the report is published."""
        return self.env["dupq.assessment.section"]._check_open_of(self)

    # === BUSINESS METHODS === #

    @api.model
    def _with_type(self, vals):
        """The values with the type that the content of the file has, if it is taken."""
        vals = {key: value for key, value in vals.items() if key != "mimetype"}
        if "file" not in vals:
            return vals
        if not vals["file"]:
            return {**vals, "mimetype": False}
        try:
            content, mimetype, ending = report_file.take(base64.b64decode(vals["file"]))
        except report_file.RefusedFile as refused:
            raise UserError(self._refused_words(refused.reason)) from refused
        stem = (vals.get("file_name") or self.env._("report")).rpartition(".")
        name = f"{stem[0] or stem[2]}.{ending}"
        return {
            **vals,
            "file": base64.b64encode(content),
            "mimetype": mimetype,
            "file_name": name,
        }

    @api.model
    def _refused_words(self, reason):
        if reason == report_file.TOO_BIG:
            return self.env._(
                "This file is larger than %(most)s MB. Put it on a website and add the "
                "link.",
                most=report_file.MOST_BYTES // report_file.MEGABYTE,
            )
        if reason == report_file.BROKEN:
            return self.env._(
                "We cannot open this picture. Please choose another file."
            )
        return self.env._(
            "We cannot take this file: by its content it is not a PDF, a written "
            "document without macros, a picture, a recording or a film."
        )

    def _without_consent(self):
        """Those in which people can be seen or heard who have not all agreed."""
        return self.filtered(
            lambda one: (
                not one.is_agreed
                and (
                    one.style in ("film", "sound", "pictures")
                    or (one.mimetype or "").startswith(("video/", "audio/", "image/"))
                )
            )
        )

    def _shows(self, what):
        """Whether any of these answers a question: who, how, words, hard or plan."""
        return any(self.mapped(SHOWN[what]))
