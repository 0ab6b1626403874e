"""Models that exist only while the engine is tested.

With ``_module = None`` no registry loads them: the tests add and remove them.
"""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.orm.model_classes import add_to_registry

from ..workflow import Transition

MANAGER = "dupq_code.dupq_code_group_service_manager"
# Not for translators: what tests say does not belong into the .pot file.
BREAKS = "It breaks."
# What the hook of the fake lives was called with.
TOOK = []
FAKES = ("dupq.fake.house", "dupq.fake.life", "dupq.fake.echo", "dupq.fake.errand")


class FakeHouse(models.Model):
    """A parent that makes and changes lives through its lines."""

    _name = "dupq.fake.house"
    _description = "Fake house"
    _module = None

    name = fields.Char()
    life_ids = fields.One2many("dupq.fake.life", "house_id")


class FakeLife(models.Model):
    """A record with a guard, a reason, a role and a deadline."""

    _name = "dupq.fake.life"
    _description = "Fake life"
    _inherit = ["dupq.workflow"]
    _module = None

    _transitions = (
        Transition("open", source="draft", target="running", guard="_why_not_open"),
        Transition("pause", source="running", target="paused", reason=True),
        Transition("resume", source="paused", target="running", group=MANAGER),
        Transition(
            "close",
            source=("running", "paused"),
            target="closed",
            guard="_why_not_close",
            deadline="date_end",
            remind=(30, 7),
            tell="user_id",
        ),
    )

    name = fields.Char(default="A life")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    house_id = fields.Many2one("dupq.fake.house")
    company_id = fields.Many2one("res.company")
    user_id = fields.Many2one("res.users")
    date_end = fields.Date()
    is_ready = fields.Boolean(default=True)
    is_tidy = fields.Boolean(default=True)
    spied = fields.Char()

    def write(self, vals):
        """Look around for leave to write other states, as other code could."""
        if "state" not in vals or "Spies on" not in self[:1].name:
            return super().write(vals)
        before = self._spy(vals, "before")
        done = super().write(vals)
        self.spied = f"{before}, {self._spy(vals, 'after')}"
        return done

    def _spy(self, vals, when):
        other = self.browse(int(self.name.split()[-1]))
        try:
            other.write(vals)
            door = "open"
        except UserError:
            door = "refused"
        marks = [value for value in self.env.context.values() if type(value) is object]
        return f"{when} {door}, {when} {'marked' if marks else 'clean'}"

    def action_open(self):
        return self._take("open")

    def action_pause(self):
        return self._take("pause")

    def action_resume(self):
        return self._take("resume")

    def action_close(self):
        return self._take("close")

    def _why_not_open(self):
        return {
            life: f"{life.name} is not ready." for life in self if not life.is_ready
        }

    def _why_not_close(self):
        """Say which lives are untidy."""
        return {life: f"{life.name} is untidy." for life in self if not life.is_tidy}

    def _took(self, name):
        if name == "close" and any(life.name == "Breaks in _took" for life in self):
            raise UserError(BREAKS)
        TOOK.append((name, self.ids))
        return super()._took(name)


class FakeEcho(models.Model):
    """A record that tries to change the state of another through a field."""

    _name = "dupq.fake.echo"
    _description = "Fake echo"
    _inherits = {"dupq.fake.life": "life_id"}
    _module = None

    life_id = fields.Many2one("dupq.fake.life", required=True, ondelete="cascade")
    life_state = fields.Selection(
        related="life_id.state", string="State of the life", readonly=False
    )
    life_state_inverse = fields.Char(
        compute="_compute_life_state_inverse", inverse="_inverse_life_state_inverse"
    )

    def _compute_life_state_inverse(self):
        for echo in self:
            echo.life_state_inverse = echo.life_id.state

    def _inverse_life_state_inverse(self):
        for echo in self:
            echo.life_id.state = echo.life_state_inverse


class FakeErrand(models.Model):
    """A record that keeps its state in a field of another name."""

    _name = "dupq.fake.errand"
    _description = "Fake errand"
    _inherit = ["dupq.workflow"]
    _module = None

    _state_field = "stage"
    _transitions = (
        Transition("start", source="waiting", target="under_way"),
        Transition("end", source="under_way", target="over", deadline="date_end"),
    )

    stage = fields.Selection(
        [("waiting", "Waiting"), ("under_way", "Under way"), ("over", "Over")],
        default="waiting",
        required=True,
        readonly=True,
        copy=False,
    )
    state = fields.Char(help="Part of an address: nothing that the engine guards.")
    date_end = fields.Date()

    def action_start(self):
        return self._take("start")


def add_fakes(registry, cr):
    """Put the fake models into a registry, with their tables."""
    for model_def in (FakeHouse, FakeLife, FakeEcho, FakeErrand):
        add_to_registry(registry, model_def)
    registry._setup_models__(cr, [])
    registry.init_models(cr, FAKES, {"module": "dupq_code"})


def remove_fakes(registry):
    """Take the fake models out of a registry as if they had never been there.

    The other models are set up again by the test case, as after any change of models.
    """
    for name in FAKES:
        registry.models.pop(name, None)
        for cls in registry.models.values():
            cls._inherit_children.discard(name)
            cls._inherits_children.discard(name)
    registry.registry_invalidated = True


def add_fake_access(env):
    """Let support workers do everything with the fake models."""
    env["ir.model.access"].create(
        [
            {
                "name": f"{name} for tests",
                "model_id": env["ir.model"]._get_id(name),
                "group_id": env.ref("dupq_code.dupq_code_group_support_worker").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
            for name in FAKES
        ]
    )
