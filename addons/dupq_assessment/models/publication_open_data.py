"""The open data edition of a snapshot: everything it says, so that anyone can check it.

The shape is a promise (docs/open-data.md): keys are added, never changed. With the
salt of a block, its content and ``digest.py``, everyone finds the seal again.
"""

from odoo import fields

FORMAT = "dupq-publication/1"


def open_data(publication, base_url):
    """The whole report as one dictionary, ready to be written as JSON.

    :param str base_url: where the addresses begin
    """
    # Whatever is published is for everyone, and the salt goes with the words.
    publication_sudo = publication.sudo()
    company = publication_sudo.company_id
    own = f"{base_url}{publication_sudo.url}/{publication_sudo.version}"
    return {
        "format": FORMAT,
        "name": publication_sudo.name,
        "organisation": company.name,
        "version": publication_sudo.version,
        "published_on": fields.Date.to_string(publication_sudo.date),
        "language": publication_sudo.lang.replace("_", "-"),
        "change_note": publication_sudo.change_note or "",
        "page": own,
        "how_to_check": f"{own}/check",
        "seal": publication_sudo.seal,
        "blocks": [block_data(block, own) for block in publication_sudo.block_ids],
    }


def block_data(block, own):
    """One block: its content and salt, or the day on which it was taken back."""
    data = {"sequence": block.sequence, "kind": block.kind, "digest": block.digest}
    if block.erased_on:
        return {**data, "taken_back_on": fields.Date.to_string(block.erased_on)}
    files = [
        {"url": f"{own}/media/{block.sequence}/{number}", **one}
        for number, one in enumerate(block._get_media_data(), 1)
    ]
    return {**data, "salt": block.salt, "content": block.data, "files": files}
