from odoo import models


class DupqInvitationTarget(models.AbstractModel):
    """A kind of record that people without a login may take part in, by a link.

    The model answers five questions. What a page shows is a plain dict, never a
    record; what comes back is a plain dict too. The same answers serve those who
    are signed in on the portal. Who asks is a ``Guest`` (``guests.py``).
    """

    _name = "dupq.invitation.target"
    _description = "What an invitation is for"

    def _get_invitation_person(self):
        """Override to name the person whom it is about: it decides who may invite."""
        raise NotImplementedError

    def _is_invitation_wanted(self, invitation):
        """Override to say whether a link still has something to open."""
        return True

    def _get_invitation_page(self, guest, path):
        """Override to give one page.

        :param guest: who asks
        :param str path: what follows the link in the address; "" is the first page
        :return: ``{"template", "title", "values"}`` of plain values, or None
        """
        return None

    def _take_invitation_answers(self, guest, path, answers):
        """Override to keep what came back.

        :param dict answers: the texts of the form, and for a file what
            ``uploads.accept`` made of it
        :return: the path of the page to go to; or, for the same page again with
            its errors, a dict as of ``_get_invitation_page``; or None
        """
        return None
