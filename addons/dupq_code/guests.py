"""Who is at a page of ours without the backend, in plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guest:
    """A person at a link, or signed in on the portal.

    :param purpose: what they are here for
    :param base_url: where their pages begin, without a slash at the end
    :param circle_member_id: which member of the circle they are; None for the
        person supported
    :param signed_in: whether they came by the portal
    :param invitation_id: the link they came by
    :param partner_id: who is signed in, for pages that keep who said something
    :param is_group: whether the link is for many people, of whom nothing is known
    """

    purpose: str
    base_url: str
    circle_member_id: int | None = None
    signed_in: bool = False
    invitation_id: int | None = None
    partner_id: int | None = None
    is_group: bool = False

    def url(self, *parts):
        """The address of one of their pages.

        >>> Guest("choosing", "/my/x").url("thanks"), Guest("choosing", "/a").url()
        ('/my/x/thanks', '/a')
        """
        return "/".join([self.base_url, *(str(part) for part in parts if part != "")])
