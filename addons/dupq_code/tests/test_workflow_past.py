import io

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools.convert import convert_xml_import

from .common_workflow import WorkflowCommon
from .workflow_fakes import TOOK


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestWorkflowPast(WorkflowCommon):
    def test_past_is_stated_without_its_consequences(self):
        self.life.write({"is_ready": False, "is_tidy": False, "date_end": "2025-01-01"})
        life = self.life.with_user(self.user_administrator)
        life._record_past("running", "2025-05-04", "The old register")
        life._record_past("closed", "2025-06-07 10:00:00", " The old register ")
        self.assertEqual(life.state, "closed")
        self.assertFalse(TOOK)
        log = self._get_log(life)[0]
        self.assertRecordValues(
            log,
            [
                {
                    "state_from": "running",
                    "state_to": "closed",
                    "transition": False,
                    "is_recorded_later": True,
                    "user_id": self.user_administrator.id,
                    "source": "The old register",
                }
            ],
        )
        self.assertEqual(str(log.date), "2025-06-07 10:00:00")
        self.assertEqual(str(log.recorded_on), "2026-03-10 12:00:00")
        self.assertIn("Recorded later by", log.remark)
        self.assertIn("from The old register", log.remark)

    def test_only_administrators_state_the_past(self):
        for user in (self.user_quality, self.user_manager, self.user_worker):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.life.with_user(user)._record_past("running", "2025-05-04", "Me")
        self.assertEqual(self.life.state, "draft")

    def test_past_must_be_possible(self):
        for args, words in (
            (("flying", "2025-05-04", "A file"), "has no state “flying”"),
            ((False, "2025-05-04", "A file"), "has no state"),
            (("running", "2026-03-11", "A file"), "must lie in the past"),
            (("running", False, "A file"), "must lie in the past"),
            (("running", "2025-05-04", " "), "where this is known from"),
            (("running", "2025-05-04", None), "where this is known from"),
        ):
            with self.subTest(args=args):
                self.assertRefused(self.life._record_past, words, *args)

    def test_data_files_can_state_the_past(self):
        data = io.BytesIO(
            b"""<odoo>
                <record id="fake_life_demo" model="dupq.fake.life" />
                <function model="dupq.fake.life" name="_record_past">
                    <value eval="[ref('fake_life_demo')]" />
                    <value>running</value>
                    <value>2025-05-04</value>
                    <value>The demo data</value>
                </function>
            </odoo>"""
        )
        data.name = "fake.xml"
        convert_xml_import(self.env, "dupq_code", data, mode="init")
        life = self.env.ref("dupq_code.fake_life_demo")
        self.assertEqual(life.state, "running")
        self.assertTrue(self._get_log(life).is_recorded_later)
