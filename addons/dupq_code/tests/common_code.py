from odoo.fields import Command

from .common import DupqCommon


class DupqCodeCommon(DupqCommon):
    """A small Code in a draft edition, and one that is published."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.duq = cls.env.ref("dupq_code.dupq_code_duq")
        cls.draft = cls._create_code(key="small", version="draft")
        cls.published = cls._create_code(key="other", version="published")
        cls.published.action_publish()

    @classmethod
    def _create_code(cls, key, **values):
        """An edition with one area, two statements, a question and a story."""
        area = {
            "reference": "A1",
            "name": "Home",
            "principle": "Home comes first.",
            "easy_read": "You have a home.",
            "statement_ids": [
                Command.create(
                    {
                        "reference": f"A1.{letter}1",
                        "polarity": polarity,
                        "text": f"A {polarity} home.",
                        "easy_read": f"Your home is {polarity}.",
                    }
                )
                for letter, polarity in (("G", "good"), ("B", "bad"))
            ],
            "question_ids": [
                Command.create({"reference": "A1.Q1", "text": "Whose home is it?"})
            ],
            "example_ids": [
                Command.create(
                    {"reference": "A1.E1", "name": "A home", "text": "She moved in."}
                )
            ],
        }
        return cls.env["dupq.code"].create(
            {
                "name": f"Code {key}",
                "key": key,
                "version": "1",
                "date_valid_from": "2020-01-01",
                "area_ids": [Command.create(area)],
                **values,
            }
        )
