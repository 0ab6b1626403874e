import json

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..names import is_named_in_full
from ..workflow import kept_with_cursor

# Kinds of fields in which words, pictures or sound about somebody can stand.
SPEAKING = frozenset(("binary", "char", "html", "json", "properties", "text"))
# What stays of that kind, and why. Whatever is not named here is emptied.
STAYS = {
    "dupq.evidence": {
        "res_model": "a kind of record",
        "rule_digest": "a checksum of what the rule read",
        "rule_values": "dates, choices and names of jobs and the like, never people",
    },
    "dupq.invitation": {"res_model": "a kind of record"},
    "dupq.person": {"reference": "replaced by a new one that says nothing"},
    "dupq.workflow.log": {
        "model": "a kind of record",
        "transition": "a step of the table of steps",
        "state_from": "a state of the table of steps",
        "state_to": "a state of the table of steps",
    },
}
# What Odoo hangs on any record: the field with the kind, the field with the id.
HANGING = {
    "mail.activity": ("res_model", "res_id"),
    "mail.followers": ("res_model", "res_id"),
    "mail.message": ("model", "res_id"),
    "mail.scheduled.message": ("model", "res_id"),
    "rating.rating": ("res_model", "res_id"),
}
# What a file may belong to that is deleted with a record.
MAILED = (False, "mail.compose.message", "mail.mail", "mail.message")
# Key of the files that go although evidence was decided; kept with the cursor.
ERASED_FILES = object()


class DupqEraser(models.AbstractModel):
    """Finds, by looking at the models, where somebody is spoken of, and empties it.

    Rows, states, dates, choices among given answers and links among our own records
    stay, so that every figure stays what it was. In SQL, because that is the one way
    past every lock that keeps records as they were, and it sets off no computing.

    Nothing here asks who may erase: whoever calls it has asked.
    """

    _name = "dupq.eraser"
    _description = "Eraser"

    # === FINDING === #

    @api.model
    def _get_kept_fields(self):
        """Extend to keep a field: ``{model: {field: why}}``."""
        return STAYS

    @api.model
    def _is_ours(self, model):
        return self.env.registry[model]._original_module.startswith("dupq_")

    @api.model
    def _get_own_models(self):
        """The models of ours that have rows of their own."""
        return [
            name
            for name, cls in self.env.registry.items()
            if cls._auto and not (cls._abstract or cls._transient)
            if self._is_ours(name)
        ]

    @api.model
    def _get_links_to(self, target):
        """Fields by which records of ours belong to ``target``: (model, field)."""
        return [
            (model, field.name)
            for model in self._get_own_models()
            for field in self.env[model]._fields.values()
            if field.type == "many2one" and field.store
            if field.comodel_name == target
        ]

    @api.model
    def _get_models_about(self, root):
        """The models of ours whose records are about one of ``root``."""
        found, todo = {root}, [root]
        while todo:
            new = {model for model, _field in self._get_links_to(todo.pop())} - found
            found |= new
            todo += new
        return sorted(name for name in found if self._is_ours(name))

    @api.model
    def _get_speaking_fields(self, model):
        """The columns of a model in which somebody can be spoken of."""
        kept = self._get_kept_fields().get(model, {})
        return [
            field
            for field in self.env[model]._fields.values()
            if field.store and field.column_type and field.type in SPEAKING
            if field.name not in kept
        ]

    @api.model
    def _get_linking_fields(self, model, comodel, kind="many2one"):
        return [
            field
            for field in self.env[model]._fields.values()
            if field.type == kind and field.store and field.comodel_name == comodel
        ]

    def _gather(self, roots):
        """All records of ours about these: ``{model: records}``, in sudo mode."""
        # Whoever erases need not be able to open what is erased.
        roots = roots.sudo().with_context(active_test=False)
        found = {roots._name: roots}
        todo = [roots]
        while todo:
            records = todo.pop()
            for model, name in self._get_links_to(records._name):
                known = found.get(model, roots.env[model])
                more = known.search([(name, "in", records.ids)]) - known
                if more:
                    found[model] = known | more
                    todo.append(more)
        evidence = roots.env["dupq.evidence"]._get_about(found)
        if evidence:
            found["dupq.evidence"] = evidence
        if not self._is_ours(roots._name):
            # A record of the provider's is Odoo's own to delete.
            del found[roots._name]
        return found

    def _gather_hanging(self, found):
        """What Odoo hangs on these: messages, activities, mails and the like."""
        hanging = {}
        for model, (kind, id_) in HANGING.items():
            if model in self.env:
                domain = self._get_domain_pointing(found, kind, id_)
                hanging[model] = self.env[model].sudo().search(domain)
        mails = self.env["mail.mail"].sudo()
        for model, records in found.items():
            for field in self._get_linking_fields(model, "mail.mail", "many2many"):
                mails |= records[field.name]
        mails |= mails.search([("mail_message_id", "in", hanging["mail.message"].ids)])
        return {"mail.mail": mails, **hanging}

    def _gather_files(self, found, hanging):
        """Every file of these, fields included that hold one."""
        files = self.env["ir.attachment"].sudo()
        domain = self._get_domain_pointing(found, "res_model", "res_id")
        # Odoo leaves out the files of fields, unless they are asked for.
        files |= files.search(domain & Domain("id", "!=", False))
        for model, records in found.items():
            for kind in ("many2one", "many2many"):
                for field in self._get_linking_fields(model, files._name, kind):
                    files |= records[field.name]
        sent = hanging["mail.message"].attachment_ids
        sent |= hanging["mail.mail"].mail_message_id.attachment_ids
        about = {*MAILED, *found}
        return files | sent.filtered(lambda file: file.res_model in about)

    @api.model
    def _get_domain_pointing(self, found, kind, id_):
        return Domain.OR(
            Domain(kind, "=", model) & Domain(id_, "in", records.ids)
            for model, records in found.items()
        )

    # === COUNTING === #

    def _survey(self, roots):
        """What would be erased: ``({model: records}, fields, files)``, in numbers."""
        self.env.flush_all()
        found = self._gather(roots)
        hanging = self._gather_hanging(found)
        records = {model: len(some) for model, some in found.items()}
        for model, some in hanging.items():
            if some and model != "mail.followers":
                records[model] = len(some)
        fields_said = sum(self._count_said(some) for some in found.values())
        return records, fields_said, len(self._gather_files(found, hanging))

    def _count_said(self, records):
        """How many fields of these say something."""
        return sum(count for _id, count in self._get_said(records))

    def _filter_said(self, records):
        """Those of these in which some field says something."""
        return records.browse(id_ for id_, count in self._get_said(records) if count)

    def _get_said(self, records):
        fields_ = self._get_speaking_fields(records._name)
        if not records or not fields_:
            return []
        said = SQL(", ").join(
            SQL("NULLIF(%s::text, %s)", SQL.identifier(f.name), self._word(f))
            for f in fields_
        )
        return self.env.execute_query(
            SQL(
                "SELECT id, num_nonnulls(%s) FROM %s WHERE id = ANY(%s)",
                said,
                SQL.identifier(records._table),
                list(records._ids),
            )
        )

    # === EMPTYING === #

    def _erase(self, roots, kind, reason, names=()):
        """Empty all that speaks of these, and note that it was done.

        :param kind: of ``dupq.erasure``
        :param reason: one of the reasons of ``dupq.erasure``
        :param names: what they were called, for reasons elsewhere that name them
        """
        # Nobody adds anything to these while they are forgotten.
        roots.sudo().lock_for_update()
        records, field_count, file_count = self._survey(roots)
        found = self._gather(roots)
        hanging = self._gather_hanging(found)
        logins = self._get_logins(roots, found)
        self._delete_hanging(found, hanging)
        if evidence := found.get("dupq.evidence"):
            evidence._note_erased()
        for some in found.values():
            self._empty(some, logins)
            self._cut_links(some)
        self._empty_logs(found, logins, names)
        self._forget_dialogs(found)
        self.env.invalidate_all()
        self.env["dupq.erasure"]._note(
            roots, kind, reason, sum(records.values()), field_count, file_count
        )

    def _get_logins(self, roots, found):
        """The logins of these people themselves, who did things under their name."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        if "user_id" in roots._fields and self._is_ours(roots._name):
            users |= roots.sudo().user_id
        for model, records in found.items():
            for field in self._get_linking_fields(model, "res.partner"):
                users |= records[field.name].user_ids
        return users

    def _delete_hanging(self, found, hanging):
        files = self._gather_files(found, hanging)
        with kept_with_cursor(self.env.cr, ERASED_FILES, frozenset(files.ids)):
            files.unlink()
        for records in hanging.values():
            records.exists().unlink()
        self.env.flush_all()

    def _empty(self, records, logins):
        """Empty the columns of these records that speak of somebody, or link them."""
        values = {
            field.name: self._get_empty(field)
            for field in self._get_speaking_fields(records._name)
        }
        for field in self._get_linking_fields(records._name, "res.partner"):
            values[field.name] = SQL("NULL")
        for field in self._get_linking_fields(records._name, "res.users"):
            name = SQL.identifier(field.name)
            values[field.name] = SQL(
                "CASE WHEN %s = ANY(%s) THEN NULL ELSE %s END", name, logins.ids, name
            )
        self._update(records, values)

    def _update(self, records, values):
        if not records or not values:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in values.items()
                ),
                list(records._ids),
            )
        )

    def _word(self, field):
        """What stands where something has to stand; empty where nothing has to."""
        if not field.required:
            return ""
        if field.type in ("json", "properties"):
            return "{}"
        word = self.env._("Erased")
        return json.dumps({"en_US": word}) if field.translate else word

    def _get_empty(self, field):
        if not field.required:
            return SQL("NULL")
        return SQL("%s::%s", self._word(field), SQL(field.column_type[1]))

    def _cut_links(self, records):
        """Cut links to contacts, and of a profile, to what the person likes."""
        targets = {"res.partner"}
        if records._name == "dupq.person":
            targets.add("dupq.trait")
        for comodel in targets:
            for field in self._get_linking_fields(records._name, comodel, "many2many"):
                self.env.cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = ANY(%s)",
                        SQL.identifier(field.relation),
                        SQL.identifier(field.column1),
                        list(records._ids),
                    )
                )

    def _empty_logs(self, found, logins, names):
        """Empty the reasons in the history of these: the door through that log.

        So in the history of anything else, where a reason gives a name in full.
        """
        domain = self._get_domain_pointing(found, "model", "res_id")
        logs = self.env["dupq.workflow.log"].sudo().search(domain)
        self._empty(logs | self._find_naming(logs, names), logins)

    def _find_naming(self, records, names):
        """Records of this kind whose words give one of these names in full."""
        said = [field.name for field in self._get_speaking_fields(records._name)]
        domain = Domain.OR(
            Domain(field, "ilike", name) for field in said for name in names
        )
        return records.search(domain).filtered(
            lambda record: any(
                is_named_in_full(record[field], name)
                for field in said
                for name in names
            )
        )

    def _forget_dialogs(self, found):
        """Delete what dialogs keep for some hours of these kinds of records."""
        for name, cls in self.env.registry.items():
            if not cls._transient or name.startswith("privacy.lookup"):
                continue
            dialogs = self.env[name].sudo()
            domains = [
                Domain(field.name, "in", found[field.comodel_name].ids)
                for field in dialogs._fields.values()
                if field.type == "many2one" and field.store
                if field.comodel_name in found
            ]
            domains += [
                Domain(field, "in", list(found))
                for field in ("model", "res_model")
                if field in dialogs._fields and dialogs._fields[field].store
                if dialogs._fields[field].type == "char"
            ]
            if domains:
                dialogs.search(Domain.OR(domains)).unlink()
