import ast

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..const import QUALITY_LEAD
from ..rule_paths import hops


class DupqOnlooker(models.AbstractModel):
    """Looks at records of another kind with the eyes of whoever switched it on.

    Whoever switches it on lends it their eyes: nobody else's can be given to it, by
    nobody. Losing sight is not disappearance: when its owner has left, lost a right or
    the company, or when the records or their fields have gone, it is paused, what came
    of it stays, and the quality leads are told.

    A model of this kind brings its ``company_id``, its transitions “switch_on” (guarded
    by ``_why_not_switch_on``), “switch_off” and “pause”, and ``_get_paths``.
    """

    _name = "dupq.onlooker"
    _description = "Looks with the eyes of its owner"
    _inherit = ["mail.thread", "mail.activity.mixin", "dupq.workflow"]

    # What is noted while it looks: nobody writes it by hand, as nobody does the owner.
    _noted = ()

    state = fields.Selection(
        [("off", "Off"), ("on", "On"), ("paused", "Paused")],
        default="off",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
        tracking=True,
        ondelete="restrict",
        help="Who switched it on: it sees what this person sees, and nothing else.",
    )
    # The name and not a link, which would go with the module of the model.
    model = fields.Char(string="Technical model", required=True)
    # Not a link: nobody but the administrator reads the list of models.
    record_kind = fields.Selection(
        selection="_selection_record_kind",
        string="Records",
        compute="_compute_record_kind",
        readonly=False,
        help="Chosen on the form, where it sets the technical model.",
    )

    # === COMPUTE METHODS === #

    @api.model
    def _selection_record_kind(self):
        """Every kind of record that the user may read, or that is looked at."""
        # Only which kinds are looked at.
        used = {model for (model,) in self.sudo()._read_group([], ["model"])}
        names = [
            name
            for name, model in self.env.items()
            if model._auto
            and not (model._transient or model._abstract)
            and (name in used or model.has_access("read"))
        ]
        kinds = self.env["ir.model"].sudo().search([("model", "in", names)])
        return sorted(((kind.model, kind.name) for kind in kinds), key=lambda k: k[1])

    @api.depends("model")
    def _compute_record_kind(self):
        for one in self:
            one.record_kind = one.model if one.model in self.env else False

    # === WHAT IT LOOKS AT === #

    def _get_domain(self, name="domain"):
        """A condition as Odoo's own: nothing but literals is read.

        :raise ValueError, SyntaxError: if it is no condition
        """
        self.ensure_one()
        return Domain(ast.literal_eval(self[name] or "[]"))

    def _check_model(self):
        """Refuse a kind of record that is not here."""
        if self.model not in self.env or not self.env[self.model]._auto:
            raise ValidationError(
                self.env._(
                    "There are no records of the kind “%(kind)s” here.",
                    kind=self.model,
                )
            )

    def _check_domain(self, name="domain"):
        """Refuse a condition that its records cannot answer."""
        try:
            domain = self._get_domain(name)
            records = self.env[self.model]
            domain.validate(records)
            # Only compiled, not run: bad values are found here, not at night.
            records._search(domain, active_test=False)
        except (ValueError, SyntaxError, TypeError, KeyError, UserError) as error:
            raise ValidationError(
                self.env._(
                    "%(name)s: the condition under “%(label)s” cannot be understood "
                    "(%(error)s).",
                    name=self.display_name,
                    label=self._fields[name]._description_string(self.env),
                    error=error,
                )
            ) from None

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override so that a new one looks with nobody's eyes but its author's."""
        for vals in vals_list:
            vals["owner_id"] = self.env.uid
            for name in self._noted:
                vals.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        """Override so that nobody looks with somebody else's eyes."""
        if not self.env.su:
            self._check_may_change(vals)
        return super().write(vals)

    def _check_may_change(self, vals):
        if vals.keys() & {"owner_id", *self._noted}:
            raise AccessError(
                self.env._(
                    "It belongs to the person who switched it on last, and what it has "
                    "noted is not written by hand."
                )
            )
        ours = {name for name in vals if self._fields[name]._module == "dupq_code"}
        if ours - {"state"} and not self.env.user.has_group(QUALITY_LEAD):
            raise AccessError(
                self.env._("Only a quality lead changes what it looks at.")
            )
        self._check_reading_stays(vals)

    def _check_reading_stays(self, vals):
        """Refuse what may not be changed while it is on."""

    # === GUARDS === #

    def _why_not_switch_on(self):
        """Whoever switches it on can see all that it looks at."""
        sentences = {one: one._why_no_sight(self.env.uid) for one in self}
        return {one: sentence for one, sentence in sentences.items() if sentence}

    def _took(self, name):
        """Override to look with the eyes of whoever switched it on."""
        result = super()._took(name)
        if name == "switch_on":
            # What nobody may write by hand: the step has just been allowed.
            self.sudo().owner_id = self.env.uid
        return result

    # === WITH THE OWNER'S EYES === #

    def _as_owner(self, eyes=None):
        """It as its owner sees it, in its company, or in all that are the owner's.

        :param eyes: id of a user to look with instead
        """
        self.ensure_one()
        # The companies of the owner, which are not the reader's to know.
        companies = self.company_id or self.owner_id.sudo().company_ids
        return self.with_user(eyes or self.owner_id).with_context(
            allowed_company_ids=companies.ids, active_test=False, lang=None
        )

    def _get_paths(self):
        """Every path of fields that is followed from a record, the conditions' too."""
        raise NotImplementedError

    def _why_no_sight(self, eyes=None):
        """Say in a sentence why it cannot look at its records, or None.

        :param eyes: id of a user to ask about instead of the owner
        """
        self.ensure_one()
        # Only whether the account is in use, its companies and its name.
        owner_sudo = self.env["res.users"].sudo().browse(eyes or self.owner_id.id)
        sentence = owner_sudo.id != SUPERUSER_ID and self._why_no_owner(owner_sudo)
        if sentence:
            return sentence
        if self.model not in self.env:
            return self.env._(
                "Records of the kind “%(kind)s” are no longer here: their module has "
                "been uninstalled.",
                kind=self.model,
            )
        records = self._as_owner(eyes).env[self.model]
        if not records.has_access("read"):
            return self.env._(
                "%(owner)s may not read “%(kind)s”.",
                owner=owner_sudo.name,
                kind=records._description,
            )
        return self._why_no_path(records)

    def _why_no_owner(self, owner_sudo):
        if not owner_sudo.active:
            return self.env._(
                "%(owner)s, with whose eyes it looks, has left.", owner=owner_sudo.name
            )
        # Only the company's name.
        company_sudo = self.company_id.sudo()
        if company_sudo and company_sudo not in owner_sudo.company_ids:
            return self.env._(
                "%(owner)s does not belong to %(company)s.",
                owner=owner_sudo.name,
                company=company_sudo.name,
            )
        return None

    def _why_no_path(self, records):
        for path in self._get_paths():
            try:
                found = hops(records, path)
            except KeyError as error:
                return self.env._(
                    "The field %(field)s in “%(path)s” is no longer here.",
                    field=error.args[0],
                    path=path,
                )
            for model, field in found:
                try:
                    model._check_field_access(field, "read")
                except AccessError:
                    return self.env._(
                        "%(owner)s may not read the field “%(field)s”.",
                        owner=records.env.user.sudo().name,
                        field=field._description_string(self.env),
                    )
        return None

    def _pause(self, sentence):
        """Leave what came of it as it is, and tell the quality leads why."""
        self._take("pause", reason=sentence)
        self.message_post(body=sentence, message_type="comment")
        self.activity_unlink(["mail.mail_activity_data_todo"])
        leads_sudo = self.env.ref(QUALITY_LEAD).sudo().all_user_ids  # to address them
        for user in leads_sudo.filtered("active"):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Paused: %(name)s", name=self.display_name),
                note=sentence,
                user_id=user.id,
            )
