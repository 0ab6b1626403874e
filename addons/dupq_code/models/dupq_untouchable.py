from odoo import api, models


class DupqUntouchable(models.AbstractModel):
    """Rows that nobody creates, changes or removes by hand, ``sudo`` included.

    They follow from what happens: a statement of their own writes them, or a door that
    the class knows of.
    """

    _name = "dupq.untouchable"
    _description = "Written by nobody"

    @api.model_create_multi
    def create(self, vals_list):
        """Override to refuse everyone but the door of the class."""
        if not self._is_at_its_door():
            raise self._make_untouchable_error()
        return super().create(vals_list)

    # Nothing is ever written again.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        """Override to refuse everyone: what happened has happened."""
        raise self._make_untouchable_error()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise self._make_untouchable_error()

    @api.model
    def _is_at_its_door(self):
        """Extend where rows are added by ``create`` all the same."""
        return False

    @api.model
    def _make_untouchable_error(self):
        """Override to say what writes these rows."""
        raise NotImplementedError
