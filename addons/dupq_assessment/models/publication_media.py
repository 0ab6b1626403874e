"""Pictures, sounds and films of what is published: copies that stay as they were.

A block names each by kind, type and hash; the file itself is kept beside the block.
"""

import hashlib

KINDS = {"image": "picture", "audio": "sound", "video": "film"}
# Papers that a report may be, see `report_file`.
PAPERS = {
    "application/pdf",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def kind_of(mimetype):
    """What people call a file of this type, or nothing if it is none of these.

    >>> kind_of("image/png"), kind_of("video/mp4"), kind_of("application/pdf")
    ('picture', 'film', 'paper')
    >>> kind_of("image/svg+xml"), kind_of("")
    (None, None)
    """
    # A drawing as text may hold a program: never served to the public.
    if (mimetype or "").startswith("image/svg"):
        return None
    if mimetype in PAPERS:
        return "paper"
    return KINDS.get((mimetype or "").partition("/")[0])


def media_files(record):
    """The files of a record that may be shown beside its words, in their order."""
    # What is printed of the record was agreed to; the files are part of it.
    files_sudo = record.sudo().attachment_ids.sorted("id")
    return files_sudo.filtered(lambda file: kind_of(file.mimetype))


def media(record):
    """What a block says of the files of its record."""
    return [
        {
            "kind": kind_of(file.mimetype),
            "type": file.mimetype,
            "sha256": content_hash(file.raw),
        }
        for file in media_files(record)
    ]


def content_hash(content):
    return hashlib.sha256(content or b"").hexdigest()


def copy_media(record, block):
    """Keep copies of the files of the record with the block, without their names."""
    block.env["ir.attachment"].create(
        [
            {
                "name": f"{kind_of(file.mimetype)}-{number}",
                "raw": file.raw,
                "mimetype": file.mimetype,
                "res_model": block._name,
                "res_id": block.id,
            }
            for number, file in enumerate(media_files(record), 1)
        ]
    )


def kept_files(blocks):
    """The files kept with blocks, in their order."""
    # Whatever is published is for everyone.
    return (
        blocks.env["ir.attachment"]
        .sudo()
        .search(
            [("res_model", "=", blocks._name), ("res_id", "in", blocks.ids)],
            order="res_id, id",
        )
    )


def media_hashes(block):
    """The hashes of the files as they are now."""
    if not block._get_media_data():
        return []
    return [content_hash(file.raw) for file in kept_files(block)]
