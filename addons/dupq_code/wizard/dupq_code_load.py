import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import file_open

from ..const import ADMINISTRATOR
from ..dates import long_date
from ..guide_fingerprint import from_json
from ..guide_reader import read_guide
from ..guide_text import MAX_BYTES, NotTheGuide, decode

# Each kind of item, and where its wording belongs: the model and the wording's fields.
PLACES = {
    "area": ("dupq.code.area", "area_id", "title"),
    "principle": ("dupq.code.area", "area_id", "text"),
    "good": ("dupq.code.statement", "statement_id", "text"),
    "bad": ("dupq.code.statement", "statement_id", "text"),
    "question": ("dupq.code.question", "question_id", "text"),
    "story": ("dupq.code.example", "example_id", "text"),
}


class DupqCodeLoad(models.TransientModel):
    """Take the official wording from the text of the published guide.

    First the text is read and shown item by item; nothing is stored before the
    administrator accepts, and only a text in which every item is whole is accepted.
    """

    _name = "dupq.code.load"
    _description = "Load the official wording"

    step = fields.Selection(
        [("choose", "Choose"), ("compare", "Compare"), ("done", "Done")],
        default="choose",
        required=True,
        readonly=True,
    )

    # What is loaded
    file = fields.Binary(string="Text of the guide", attachment=False)
    filename = fields.Char()
    pasted = fields.Text(string="Or paste it here")

    # What was found
    line_ids = fields.One2many("dupq.code.load.line", "load_id", readonly=True)
    gap = fields.Text(string="What is wrong first", readonly=True)
    exact_count = fields.Integer(string="Exact", compute="_compute_counts")
    changed_count = fields.Integer(string="Changed", compute="_compute_counts")
    missing_count = fields.Integer(string="Missing", compute="_compute_counts")
    extra_count = fields.Integer(string="Extra", compute="_compute_counts")
    stored_count = fields.Integer(readonly=True)

    @api.depends("line_ids.status")
    def _compute_counts(self):
        for load in self:
            for status in ("exact", "changed", "missing", "extra"):
                lines = load.line_ids.filtered(lambda line, s=status: line.status == s)
                load[f"{status}_count"] = len(lines)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_size(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_size(vals)
        return super().write(vals)

    def _check_size(self, vals):
        """Refuse a file that is far too big before it is kept."""
        for name in ("file", "pasted"):
            # Base64 makes four letters of three bytes.
            size = len(vals.get(name) or "") * 3 // 4
            if size > MAX_BYTES:
                raise UserError(
                    self.env._(
                        "This is %(size)s MB; the text of the guide is far below 1 MB. "
                        "Choose a file with nothing but the guide.",
                        size=f"{size / 1_000_000:.1f}",
                    )
                )

    # === ACTIONS === #

    def action_read(self):
        """Show, item by item, what the text says; nothing is stored."""
        self.ensure_one()
        self._check_administrator()
        reading = self._read()
        lines = self.env["dupq.code.load.line"]._prepare_lines(reading.items)
        gap = reading.gap and self.env._(reading.gap)
        self.line_ids.unlink()
        self.write(
            {
                "step": "compare",
                "gap": gap,
                "line_ids": [Command.create(vals) for vals in lines],
            }
        )
        return self._action_stay()

    def action_accept(self):
        """Store the official wording of every item; only a whole guide is accepted."""
        self.ensure_one()
        self._check_administrator()
        # The text is read again: what stands in the preview could have been edited.
        reading = self._read()
        if not reading.is_whole:
            raise UserError(self.env._(reading.gap))
        self.write({"step": "done", "stored_count": self._store(reading.items)})
        return self._action_stay()

    def action_back(self):
        """Choose another file or text."""
        self.ensure_one()
        self.line_ids.unlink()
        self.write({"step": "choose", "gap": False})
        return self._action_stay()

    def action_show_official(self):
        """Show the official wording to this user from now on."""
        self._check_administrator()
        self.env.user.write({"dupq_wording_kind": "official"})
        return {"type": "ir.actions.client", "tag": "reload"}

    def _action_stay(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Load the official wording"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # === BUSINESS METHODS === #

    def _check_administrator(self):
        if not self.env.user.has_group(ADMINISTRATOR):
            raise AccessError(
                self.env._("Only an administrator may load the official wording.")
            )

    def _read(self):
        """The reading of the chosen text, or a refusal in plain words."""
        try:
            return read_guide(self._text(), self._get_fingerprints())
        except NotTheGuide as error:
            raise UserError(self.env._(error.sentence)) from error

    def _text(self):
        if not self.file and not (self.pasted or "").strip():
            raise UserError(
                self.env._("Choose a file with the text of the guide, or paste it.")
            )
        if not self.file:
            return self.pasted
        try:
            return decode(base64.b64decode(self.with_context(bin_size=False).file))
        except binascii.Error:
            raise UserError(self.env._("The file did not arrive whole.")) from None

    @api.model
    def _get_fingerprints(self):
        """Extend to read another edition of the guide."""
        with file_open("dupq_code/data/guide_fingerprints.json") as table:
            return from_json(table.read())

    @api.model
    def _get_edition(self):
        """Extend to load the wording of another edition."""
        edition = self.env.ref("dupq_code.dupq_code_duq", raise_if_not_found=False)
        if not edition:
            raise UserError(self.env._("The edition of 2013 is no longer there."))
        return edition

    def _store(self, items):
        """Create what is not there, correct what differs; return how many."""
        wanted = self._prepare_wordings(items)
        stored = self._stored_wordings()
        lang, source = self._lang(), self._source()
        new, changed = [], 0
        for (field, item_id), vals in wanted.items():
            wording = stored.get((field, item_id))
            if not wording:
                start = {field: item_id, "kind": "official", "lang": lang}
                new.append(start | vals | {"source": source})
            elif any(wording[name] != text for name, text in vals.items()):
                wording.write(vals | {"source": source})
                changed += 1
        self.env["dupq.code.wording"].create(new)
        return len(new) + changed

    def _prepare_wordings(self, items):
        """Values by the item they are for: {(field, id): {title or text}}."""
        ids = self._ids_by_reference()
        wordings = {}
        for item in items:
            if item.status != "exact":
                continue
            _model, field, part = PLACES[item.kind]
            key = field, item.reference.removesuffix(".P")
            if key not in ids:
                raise UserError(
                    self.env._(
                        "%(reference)s is not in the edition here.",
                        reference=item.reference,
                    )
                )
            wordings.setdefault((field, ids[key]), {})[part] = item.text
        return wordings

    def _ids_by_reference(self):
        """The items of the edition itself: {(field of a wording, reference): id}."""
        ids = {}
        for model, field in {place[:2] for place in PLACES.values()}:
            domain = Domain("code_id", "=", self._get_edition().id)
            if "company_id" in self.env[model]._fields:
                domain &= Domain("company_id", "=", False)
            for record in self.env[model].search_fetch(domain, ["reference"]):
                ids[field, record.reference] = record.id
        return ids

    def _stored_wordings(self):
        """The official English wordings there are: {(field, id): wording}."""
        domain = [
            ("code_id", "=", self._get_edition().id),
            ("kind", "=", "official"),
            ("lang", "=like", "en%"),
        ]
        fields_ = {place[1] for place in PLACES.values()}
        return {
            (field, wording[field].id): wording
            for wording in self.env["dupq.code.wording"].search(domain)
            for field in fields_
            if wording[field]
        }

    def _lang(self):
        """The English of this database: the guide is written in English."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        own = [
            code for code in (self.env.lang, "en_US", *installed) if code in installed
        ]
        lang = next((code for code in own if code.startswith("en")), None)
        if not lang:
            raise UserError(self.env._("Switch on English among the languages first."))
        return lang

    def _source(self):
        name = (self.file and self.filename) or self.env._("Pasted text")
        today = long_date(self.env, fields.Date.context_today(self))
        return self.env._("%(name)s, loaded %(date)s", name=name, date=today)
