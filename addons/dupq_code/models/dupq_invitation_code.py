from datetime import timedelta

from odoo import fields, models
from odoo.tools import hmac

from ..secret_words import clean_code, new_code, same_secret

LIFE = timedelta(minutes=10)
TRIES = 5
# So many codes are mailed within so long, and no more.
CODES, WINDOW = 3, timedelta(hours=1)


class DupqInvitationCode(models.AbstractModel):
    """The one-time code by which a link moves to another browser.

    A part of ``dupq.invitation``, in a file of its own. Always in sudo mode, for
    whoever holds the link.
    """

    _name = "dupq.invitation.code"
    _description = "One-time code of an invitation"

    code_hash = fields.Char(copy=False, groups=fields.NO_ACCESS)
    code_end = fields.Datetime(copy=False, groups=fields.NO_ACCESS)
    code_tries = fields.Integer(copy=False, groups=fields.NO_ACCESS)
    code_count = fields.Integer(copy=False, groups=fields.NO_ACCESS)
    code_since = fields.Datetime(copy=False, groups=fields.NO_ACCESS)

    def _send_code(self):
        """Mail a new code to the invited address, unless too many were.

        :return: whether one was sent
        """
        self.ensure_one()
        if not self._lock_now():
            return False
        now = fields.Datetime.now()
        if not self.code_since or self.code_since < now - WINDOW:
            self.write({"code_since": now, "code_count": 0})
        if self.code_count >= CODES:
            return False
        code = new_code()
        self.write(
            {
                "code_hash": self._hash_code(code),
                "code_end": now + LIFE,
                "code_tries": 0,
                "code_count": self.code_count + 1,
            }
        )
        self._mail("dupq_code.dupq_invitation_mail_template_code", code)
        return True

    def _use_code(self, text):
        """Move the link to the browser that gives the right code, once.

        :return: the cookie for that browser, or None
        """
        self.ensure_one()
        if not self._lock_now() or not self._is_code_open():
            return None
        self.code_tries += 1
        if not same_secret(self.code_hash, self._hash_code(clean_code(text))):
            return None
        self.write(self._forget_code())
        return self._bind_browser()

    def _is_code_open(self):
        return bool(
            self.code_hash
            and self.code_end >= fields.Datetime.now()
            and self.code_tries < TRIES
        )

    def _hash_code(self, code):
        """Keyed, because so few digits would be found out by trying them all."""
        return hmac(self.env, "dupq_invitation_code", (self.id, code))

    def _forget_code(self):
        return {"code_hash": False, "code_end": False, "code_tries": 0}
