from .common import DupqCommon
from .workflow_fakes import TOOK, add_fake_access, add_fakes, remove_fakes


class WorkflowCommon(DupqCommon):
    """Fake models with a life, which support workers may read and write."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(remove_fakes, cls.registry)
        add_fakes(cls.registry, cls.cr)
        add_fake_access(cls.env)
        cls.lives = cls.env["dupq.fake.life"]
        cls.life = cls._create_life()

    def setUp(self):
        super().setUp()
        TOOK.clear()

    @classmethod
    def _create_life(cls, **values):
        return cls.env["dupq.fake.life"].create(values)

    @classmethod
    def _create_gate(cls, transition="open", **values):
        return cls.env["dupq.workflow.gate"].create(
            {
                "model_id": cls.env["ir.model"]._get_id("dupq.fake.life"),
                "transition": transition,
                "message": "A gate is in the way.",
                **values,
            }
        )

    def _get_log(self, records):
        return self.env["dupq.workflow.log"].search(
            [("model", "=", records._name), ("res_id", "in", records.ids)]
        )
