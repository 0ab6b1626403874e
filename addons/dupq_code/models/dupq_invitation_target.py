from odoo import models


class DupqInvitationTarget(models.AbstractModel):
    """A kind of record that people without a login may take part in, by a link.

    The model answers a few questions. What a page shows is a plain dict, never a
    record; what comes back is a plain dict too. The same answers serve those who
    are signed in on the portal. Who asks is a ``Guest`` (``guests.py``).
    """

    _name = "dupq.invitation.target"
    _description = "What an invitation is for"

    def _get_invitation_person(self):
        """Override to name the person supported whom it is about, if there is one."""
        return self.env["dupq.person"]

    def _check_may_invite(self):
        """Override to refuse who may not invite; by default whose person it is."""
        person = self._get_invitation_person()
        (person or self).check_access("write")

    def _why_not_invite(self):
        """Override to say why nobody is invited just now, or None."""
        return None

    def _is_invitation_of_people_supported(self):
        """Override where others than people supported, or their circle, are invited."""
        return True

    def _prepare_invitation_values(self):
        """Extend with further values of an invitation to this."""
        return {}

    def _get_invitation_template(self):
        """Override to send another mail: the XML id of its template."""
        return "dupq_code.dupq_invitation_mail_template"

    def _get_upload_limits(self):
        """Override to take other files than pictures and sound: for ``uploads``."""
        return {}

    def _get_invitation_fields(self):
        """Override to name what the pages need of it, to be asked in one statement."""
        return ()

    def _is_invitation_wanted(self, invitation):
        """Override to say whether a link still has something to open."""
        return True

    def _get_invitation_page(self, guest, path):
        """Override to give one page.

        :param guest: who asks
        :param str path: what follows the link in the address; "" is the first page
        :return: ``{"template", "title", "values"}`` of plain values, perhaps with
            more for the ``frame``; or None
        """
        return None

    def _take_invitation_answers(self, guest, path, answers):
        """Override to keep what came back.

        :param dict answers: the texts of the form, and for a file what
            ``uploads.accept`` made of it
        :return: the path of the page to go to; or, for the same page again with
            its errors, a dict as of ``_get_invitation_page``; its ``status`` is 422
            unless it says otherwise; or None
        """
        return None
