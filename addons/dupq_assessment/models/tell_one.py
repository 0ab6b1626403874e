def tell_one(user, thread, title, words, said=None, **options):
    """A note for one person, where the others read it too; now, if they are here.

    :param thread: the record on which the note stands
    :param said: what the note says there, if it is not the words alone
    :param options: of the note, see ``message_post``
    """
    thread.message_post(
        body=said or words,
        author_id=thread.env.ref("base.partner_root").id,
        partner_ids=user.partner_id.ids,
        **options,
    )
    user._bus_send(
        "simple_notification", {"title": title, "message": words, "type": "info"}
    )
