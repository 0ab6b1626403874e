from base64 import b64encode

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

# The letters of an access table, in their order.
OPERATIONS = {"c": "create", "r": "read", "u": "write", "d": "unlink"}
ROLE = "dupq_code.dupq_code_group_"
# Logins and groups of the users of the product, as attributes of a test: user_worker.
USERS = {
    "worker": ("worker", ROLE + "support_worker"),
    "manager": ("manager", ROLE + "service_manager"),
    "quality": ("quality", ROLE + "quality_lead"),
    "administrator": ("dupqadmin", ROLE + "administrator"),
    "board": ("board", ROLE + "board_member"),
    "panel": ("panel", ROLE + "panel"),
    "concerns": ("concerns", ROLE + "concerns_officer"),
    "hr": ("hrofficer", "hr.group_hr_user,hr_recruitment.group_hr_recruitment_user"),
    "internal": ("internal", "base.group_user"),
    "portal": ("portaluser", "base.group_portal"),
}
# Or Odoo draws one for each internal user, in five sizes.
PICTURE = b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')


class DupqCommon(BaseCommon):
    """One provider, one service and one user for each role of the product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.region = cls._create_service(name="North", kind="region")
        cls.service = cls._create_service(
            name="12 Orchard Road", parent_id=cls.region.id
        )
        cls.other_service = cls._create_service(name="The Beeches")
        users = cls._create_users(dict(USERS.values()))
        for name, user in zip(USERS, users, strict=True):
            setattr(cls, f"user_{name}", user)
        cls._create_member(cls.service, cls.user_worker)
        cls._create_member(cls.service, cls.user_manager, role="manager")

    @classmethod
    def _create_users(cls, groups):
        """Users as ``new_test_user`` makes them, but all at once: in a fifth of the
        queries.

        :param groups: {login: external ids of their groups, with commas}
        """
        return cls.env["res.users"].create(
            [
                {
                    "login": login,
                    "password": login + "x" * (8 - len(login)),
                    "name": f"{login} ({names})",
                    "email": f"{login[0]}.{login[0]}@example.com",
                    "group_ids": [
                        Command.set([cls.env.ref(name).id for name in names.split(",")])
                    ],
                    "image_1920": "portal" not in names and PICTURE,
                }
                for login, names in groups.items()
            ]
        )

    @classmethod
    def _create_user(cls, login, role, **values):
        """A user with one role of dupq_code, by the end of its group's name."""
        return new_test_user(cls.env, login, ROLE + role, **values)

    @classmethod
    def _create_service(cls, **values):
        values.setdefault("name", "A service")
        return cls.env["dupq.service"].create(values)

    @classmethod
    def _create_member(cls, service, user, role="support_worker", **values):
        values.setdefault("date_from", fields.Date.today().replace(month=1, day=1))
        return cls.env["dupq.service.member"].create(
            {"service_id": service.id, "user_id": user.id, "role": role, **values}
        )

    def assertRefused(self, call, words, *args, error=UserError, **kwargs):
        """The call is refused with a sentence that contains ``words``."""
        with self.assertRaises(error) as caught, self.env.cr.savepoint():
            call(*args, **kwargs)
        self.assertIn(words, str(caught.exception))

    def _count_queries(self, call, rounds=3):
        """The fewest queries of some calls, each with nothing in memory.

        What a call leaves to be written counts too. The first one also asks what Odoo
        then keeps in hand.

        :param rounds: 1 for a call that can be made but once
        """
        counts = []
        for _round in range(rounds):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            call()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        return min(counts)

    # === ACCESS TABLES === #

    @classmethod
    def _get_roles(cls):
        """Extend with the roles of another addon: {name in tables: user}."""
        return {
            "internal": cls.user_internal,
            "portal": cls.user_portal,
            "public": cls.env.ref("base.public_user"),
            "hr": cls.user_hr,
            "worker": cls.user_worker,
            "manager": cls.user_manager,
            "quality": cls.user_quality,
            "admin": cls.user_administrator,
            "board": cls.user_board,
            "panel": cls.user_panel,
            "concerns": cls.user_concerns,
        }

    def assertAccessTable(self, module, table):
        """Every model of ``module`` has a row in ``table``, and each cell is true.

        The first line names the roles, each further line is a model and, for each
        role, some of the letters "crud" (or "-"): what the role may do with the
        model as such; which records is for rules and their own tests. What a
        role may not do is also tried, on a record the test has made.
        """
        roles, rows = self._parse_access_table(table)
        self.assertEqual(
            sorted(rows), self._get_model_names(module), "Each model has one row."
        )
        self.assertEqual(set(roles), set(self._get_roles()), "Each role, a column.")
        wrong = []
        for model, cells in rows.items():
            sample = self.env[model].sudo().search([], limit=1)
            self.assertTrue(
                sample or self.env[model]._transient, f"{model}: make a record first"
            )
            for role, expected in zip(roles, cells, strict=True):
                records = sample.with_user(self._get_roles()[role])
                found = self._get_access_letters(records.browse())
                if found != expected:
                    wrong.append(f"{model}, {role}: {found}, not {expected}")
                for letter in set(OPERATIONS) - set(expected):
                    self.assertOperationRefused(letter, records)
        self.assertFalse(wrong, "\n".join(wrong))

    def assertRecordTable(self, table):
        """Each cell says what a role really can do with one record.

        :param table: {record: {role: "rud"}}; roles not named can do nothing.
        """
        wrong = []
        for record, cells in table.items():
            for role, user in self._get_roles().items():
                found = self._get_access_letters(record.with_user(user), "rud")
                if found != cells.get(role, "-"):
                    wrong.append(f"{record.display_name}, {role}: {found}")
                for letter in set("rud") - set(cells.get(role, "-")):
                    self.assertOperationRefused(letter, record.with_user(user))
        self.assertFalse(wrong, "\n".join(wrong))

    def assertOperationRefused(self, letter, records):
        """Doing it for real is refused: not only ``has_access`` says so."""
        calls = {
            "c": lambda: records.create({}),
            "r": lambda: records.read(["id"]) if records else records.search([]),
            "u": lambda: records.write({}),
            "d": records.unlink,
        }
        if letter in "ud" and not records:
            return
        # Some models refuse with a sentence of their own before access is asked.
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.env.invalidate_all()
            calls[letter]()
            self.fail(f"{records} {OPERATIONS[letter]} by {records.env.user.login}")

    def _get_access_letters(self, records, letters="crud"):
        found = (key for key in letters if records.has_access(OPERATIONS[key]))
        return "".join(found) or "-"

    def _parse_access_table(self, table):
        lines = [line.split() for line in table.strip().splitlines() if line.strip()]
        return lines[0], {line[0]: line[1:] for line in lines[1:]}

    def _get_model_names(self, module):
        """The models that ``module`` brings, those without records excepted."""
        return sorted(
            name
            for name, model in self.env.registry.items()
            if model._original_module == module and not model._abstract
        )
