import os
import secrets

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import SQL

from .common_person import JobCommon

# Columns that PostgreSQL can search as text.
TEXT_TYPES = ("bytea", "character varying", "json", "jsonb", "text", "ARRAY")


class ErasureCommon(JobCommon):
    """Jane, with one random word planted wherever something is said of her."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = secrets.token_hex(12)
        cls.service.department_id = cls.env["hr.department"].create({"name": "Orchard"})
        cls.job.department_id = cls.service.department_id
        cls.user_jane = new_test_user(cls.env, "jane", "base.group_portal")
        cls.person.user_id = cls.user_jane
        cls._agree(cls.sister)
        cls.invitation = cls.env["dupq.invitation"]._invite(
            cls.person, "choosing", "sister@example.com", circle_member=cls.sister
        )
        cls.file = cls._create_file(res_model=False, res_id=False)
        cls.choice = cls._choose(
            cls.walker,
            "yes",
            words="Before.",
            attachment_id=cls.file.id,
        )
        cls._choose(
            cls.walker,
            "yes",
            stage="meeting",
            words="She beamed.",
            taken_by="circle",
            circle_member_id=cls.sister.id,
        )
        cls.value = cls.env["dupq.value.score"].create(
            {
                "applicant_id": cls.walker.id,
                "trait_id": cls.patient.id,
                "score": "2",
                "example": "Waited.",
            }
        )
        cls.evidence = cls._correct_evidence(cls.choice)

        shift = cls.env["dupq.shift"].create(
            {
                "agency_ref": "AG-1",
                "kind": "moved",
                "reason": "Jane's other worker was needed elsewhere.",
                "person_id": cls.person.id,
                "service_id": cls.service.id,
                "start": "2025-03-03 09:00:00",
                "stop": "2025-03-03 17:00:00",
            }
        )
        march = shift.start.date().replace(day=1)
        cls.env["dupq.rota.month"]._count(march, march)
        # Of two links to a course or a skill, one has to be there.
        course = cls.env["hr.resume.line"].create(
            {
                "employee_id": cls.env["hr.employee"].create({"name": "Ada Worker"}).id,
                "name": "How to walk with Jane",
            }
        )
        cls.env["dupq.training.about"].create(
            {"person_id": cls.person.id, "resume_line_id": course.id}
        )
        cls._fill_models("dupq.person", cls.person)
        # Named, and not linked.
        cls.observation = cls._observe(f"{cls.person.preferred_name} cooked.")
        cls.observation.message_post(body=f"{cls.person.preferred_name} laughed.")

    @classmethod
    def _observe(cls, words, service=None):
        return cls.env["dupq.practice.observation"].create(
            {"service_id": (service or cls.service).id, "seen": words}
        )

    @classmethod
    def _fill_models(cls, root, record):
        """Make a row in each model about ``record`` that has none, by its fields."""
        eraser = cls.env["dupq.eraser"]
        for _round in range(3):
            found = {root: record, **eraser._gather(record)}
            for model in eraser._get_models_about(root):
                if model not in found:
                    cls._create_any(model, found)

    @classmethod
    def _create_any(cls, model, found):
        values = {}
        for field in cls.env[model]._fields.values():
            is_needed = field.required or field.comodel_name == "hr.employee"
            if not is_needed or field.compute or field.related:
                continue
            if field.type == "many2one":
                some = found.get(field.comodel_name)
                if field.comodel_name == "hr.employee":
                    some = cls.env["hr.employee"].create({"name": "Ada Worker"})
                some = some or cls.env[field.comodel_name].search([], limit=1)
                values[field.name] = some[:1].id
            elif not field.default and field.type == "selection":
                values[field.name] = field.get_values(cls.env)[0]
            elif not field.default and field.type in ("char", "text", "html"):
                values[field.name] = "x"
            elif not field.default and field.type == "date":
                values[field.name] = fields.Date.today()
        if not cls._get_links(model, found) & set(values):
            # What is about them by a link that may be empty.
            name = min(cls._get_links(model, found))
            values[name] = found[cls.env[model]._fields[name].comodel_name][:1].id
        return cls.env[model].create(values)

    @classmethod
    def _get_links(cls, model, found):
        """Names of the fields by which a model is about what was found."""
        return {
            field.name
            for field in cls.env[model]._fields.values()
            if field.type == "many2one" and field.store
            if field.comodel_name in found
            if cls.env["dupq.eraser"]._is_ours(field.comodel_name)
        }

    # === PLANTING === #

    @classmethod
    def _create_file(cls, **values):
        return cls.env["ir.attachment"].create(
            {
                "name": f"{cls.token}.txt",
                "raw": f"what {cls.token} said {secrets.token_hex(4)}".encode(),
                "mimetype": "text/plain",
                **values,
            }
        )

    @classmethod
    def _correct_evidence(cls, choice):
        """The rule's item of a choice, corrected by hand with words and a file."""
        cls.rule = cls.env.ref("dupq_code.dupq_evidence_rule_chosen_by_people")
        cls.rule.with_user(cls.user_hr).action_switch_on()
        cls.env.flush_all()
        cls.rule._run("full")
        made = cls.rule.evidence_ids.filtered(lambda item: item.res_id == choice.id)
        made.action_correct()
        made.next_version_ids.write(cls._prepare_words())
        made.next_version_ids.action_accept()
        return made.next_version_ids

    @classmethod
    def _prepare_words(cls):
        return {
            "title": f"What was {cls.token} that day",
            "note": cls.token,
            "external_url": f"https://example.com/{cls.token}",
            "attachment_ids": [Command.set(cls._create_file().ids)],
        }

    @classmethod
    def _plant(cls, root):
        """Plant the word in all of ours about ``root``, and in what hangs on it."""
        eraser = cls.env["dupq.eraser"]
        cls.env.flush_all()
        found = eraser._gather(root)
        for records in found.values():
            fields_ = eraser._get_speaking_fields(records._name)
            cls._plant_columns(records, fields_)
            cls._plant_binaries(records)
        cls.env.invalidate_all()
        for records in found.values():
            for record in records:
                cls._hang(record)
        cls._plant_logs(found)
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.said = eraser._survey(root)[1]

    @classmethod
    def _plant_columns(cls, records, fields_):
        # In SQL: answers, links and the ledger cannot be written any other way.
        unique = {"token_hash"}
        values = []
        for field in fields_:
            if field.type == "json":
                value = SQL("%s::jsonb", f'{{"said": "{cls.token}"}}')
            elif field.name in unique:
                value = SQL("%s || id", cls.token)
            else:
                value = SQL("%s::%s", cls.token, SQL(field.column_type[1]))
            values.append(SQL("%s = %s", SQL.identifier(field.name), value))
        if values:
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE id = ANY(%s)",
                    SQL.identifier(records._table),
                    SQL(", ").join(values),
                    records.ids,
                )
            )

    @classmethod
    def _plant_binaries(cls, records):
        """Files of binary fields that keep theirs as attachments."""
        for field in records._fields.values():
            if field.type == "binary" and field.store and not field.column_type:
                for record in records:
                    cls._create_file(
                        res_model=record._name, res_id=record.id, res_field=field.name
                    )

    @classmethod
    def _hang(cls, record):
        """Messages with a tracked value and a file, a mail, an activity, a file."""
        place = {"res_model": record._name, "res_id": record.id}
        file = cls._create_file(**place)
        file.index_content = f"read in it: {cls.token}"
        tracked = "dupq_code.field_dupq_person__preferred_name"
        message = cls.env["mail.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "subject": cls.token,
                "body": cls.token,
                "record_name": cls.token,
                "attachment_ids": [Command.set(cls._create_file(**place).ids)],
            }
        )
        cls.env["mail.tracking.value"].create(
            {
                "mail_message_id": message.id,
                "field_id": cls.env.ref(tracked).id,
                "old_value_char": cls.token,
                "new_value_text": cls.token,
            }
        )
        cls.env["mail.mail"].create(
            {
                "mail_message_id": message.id,
                "body_html": cls.token,
                "email_to": f"{cls.token}@example.com",
            }
        )
        cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "summary": cls.token,
                "note": cls.token,
                "user_id": False,
            }
        )

    @classmethod
    def _plant_logs(cls, found):
        logs = cls.env["dupq.workflow.log"]
        for model, records in found.items():
            if logs._is_workflow(model):
                before = {record.id: record.state for record in records}
                values = {"transition": "x", "state_to": "x", "reason": cls.token}
                warnings = dict.fromkeys(records.ids, cls.token)
                logs._append(records, before, {**values, "source": cls.token}, warnings)

    # === LOOKING === #

    @classmethod
    def _find_token(cls):
        """Where the word stands in the whole database: ``{table: columns}``."""
        cls.env.flush_all()
        rows = cls.env.execute_query(
            SQL(
                """SELECT c.table_name, c.column_name, c.data_type
                     FROM information_schema.columns c
                     JOIN information_schema.tables t
                    USING (table_schema, table_name)
                    WHERE c.table_schema = current_schema
                      AND t.table_type = 'BASE TABLE'
                      AND c.data_type IN %s""",
                TEXT_TYPES,
            )
        )
        by_table = {}
        for table, name, kind in rows:
            column = SQL.identifier(name)
            text = SQL("%s::text", column)
            if kind == "bytea":
                text = SQL("ENCODE(%s, 'escape')", column)
            hit = SQL("BOOL_OR(STRPOS(%s, %s) > 0)", text, cls.token)
            by_table.setdefault(table, {})[name] = hit
        found = {}
        for table, hits in by_table.items():
            query = SQL(
                "SELECT %s FROM %s",
                SQL(", ").join(hits.values()),
                SQL.identifier(table),
            )
            row = cls.env.execute_query(query)[0]
            if any(row):
                found[table] = [n for n, hit in zip(hits, row, strict=True) if hit]
        return found

    @classmethod
    def _find_token_in_files(cls):
        """Files on the disk with the word, once Odoo's daily clean-up has run."""
        files = cls.env["ir.attachment"]
        files._gc_file_store_unsafe()
        found = []
        for folder, _folders, names in os.walk(files._filestore()):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    if cls.token.encode() in file.read():
                        found.append(path)
        return found

    @classmethod
    def _count_all(cls):
        """Rows of each model of ours by what stays, and all figures of the ledger."""
        cls.env.flush_all()
        eraser = cls.env["dupq.eraser"]
        counts = {}
        for model in set(eraser._get_own_models()) - {"dupq.erasure"}:
            records = cls.env[model].sudo().with_context(active_test=False)
            names = ("state", "service_id", "date", "date_seen", "stage", "answer")
            by = [
                name
                for name in names
                if name in records._fields and records._fields[name].store
            ]
            by = [f"{n}:day" if n.startswith("date") else n for n in by]
            counts[model] = records._read_group([], by, ["__count"])
        for model in ("hr.job", "hr.applicant"):
            records = cls.env[model].with_context(active_test=False).search([])
            names = [
                field.name
                for field in records._fields.values()
                if field.name.startswith("dupq_") and field.store
                if field.type in ("boolean", "integer", "selection")
            ]
            counts[f"{model} figures"] = records.read(names)
        coverage = cls.env["dupq.evidence.coverage"].with_user(cls.user_quality)
        counts["coverage"] = coverage._read_group(
            [("service_id", "=", cls.service.id)],
            ["statement_id"],
            ["good_count:sum", "not_yet_count:sum", "source_count:sum"],
        )
        counts["recount"] = cls.env["dupq.evidence.summary"]._recount()
        return counts
