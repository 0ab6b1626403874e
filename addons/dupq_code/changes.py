"""Whether values would change a record, for models that freeze a part of it."""


def is_change(record, name, value):
    """Whether writing ``value`` would change the field ``name`` of one record.

    Empty is empty, whether a client sends False, None or an empty text.

    :param value: as ``write`` takes it, so for x2many fields a list of commands
    """
    field = record._fields[name]
    new = field.convert_to_cache(value, record) or False
    return new != (field.convert_to_cache(record[name], record) or False)
