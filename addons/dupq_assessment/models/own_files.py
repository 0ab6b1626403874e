"""Files that belong to a record: uploaded there, and nobody else's.

What is published is copied from the files of its record for everyone to see; so no
file comes in by its number alone.
"""

from odoo.exceptions import AccessError


def keep_own_files(records, name):
    """Take in files that were uploaded on a new record; refuse those of others.

    :param records: those whose files were just written
    :param str name: the field with the files
    """
    records = records.filtered(name)
    # As the database has them now: also those that the writer may not open.
    records.flush_recordset([name])
    records.invalidate_recordset([name])
    # Only asks to what each belongs; takes in none but what the writer uploaded.
    for record, record_sudo in zip(records, records.sudo(), strict=True):
        own = (record._name, record.id)
        for file_sudo in record_sudo[name]:
            is_free = not file_sudo.res_id and not file_sudo.res_field
            if is_free and file_sudo.create_uid == record.env.user:
                file_sudo.write({"res_model": record._name, "res_id": record.id})
            elif (file_sudo.res_model, file_sudo.res_id) != own:
                raise AccessError(
                    record.env._(
                        "This file belongs to something else. Upload it here if it "
                        "may be seen here."
                    )
                )
