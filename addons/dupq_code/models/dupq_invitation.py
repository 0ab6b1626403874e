from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from ..const import MANAGER
from ..secret_words import new_token, same_secret, secret_hash
from ..workflow import Transition

# How long a link works when nobody says otherwise, in days.
DAYS = 30
ALIVE = ("open", "used")
# What a stranger at a dead link is told; never whom it was for.
UNKNOWN, CLOSED, EXPIRED = "unknown", "closed", "expired"
# What is asked of a link each time that it is opened.
OPENING_FIELDS = (
    "token_hash",
    "browser_hash",
    "state",
    "kind",
    "purpose",
    "date_end",
    "res_model",
    "res_id",
    "company_id",
    "person_id",
    "circle_member_id",
)


class DupqInvitation(models.Model):
    """A link that lets somebody without a login do one thing, for one person or cause.

    The link itself is known to whom it was sent, and to nobody here: only a hash
    of it is kept. It works in the browser that used it first, until its last day,
    until it is closed, or until the person no longer wants who was invited,
    whichever comes first; that is asked again at every step.
    """

    _name = "dupq.invitation"
    _description = "Invitation by a link"
    _inherit = ["dupq.workflow", "dupq.invitation.code", "dupq.invitation.mail"]
    _order = "id desc"

    _transitions = (
        Transition("bind", source="open", target="used", internal=True),
        Transition(
            "renew",
            source=("open", "used", "expired"),
            target="open",
            group=MANAGER,
            guard="_why_not_renew",
            label="Send a new link",
        ),
        Transition(
            "revoke",
            source=ALIVE,
            target="revoked",
            group=MANAGER,
            reason=True,
            label="Close the link",
        ),
        Transition(
            "expire",
            source=ALIVE,
            target="expired",
            deadline="date_end",
            internal=True,
            label="Its last day is over",
        ),
    )

    state = fields.Selection(
        [
            ("open", "Sent"),
            ("used", "In use"),
            ("revoked", "Closed"),
            ("expired", "Past its last day"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    purpose = fields.Selection(
        [("choosing", "Choosing staff"), ("feedback", "How staff are doing")],
        required=True,
        string="What for",
    )
    kind = fields.Selection(
        [
            ("personal", "For one person, in one browser"),
            ("group", "For many people, on one tablet"),
        ],
        default="personal",
        required=True,
    )
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    person_id = fields.Many2one(
        "dupq.person",
        ondelete="cascade",
        index=True,
        help="The person supported whom it is about, if it is about one.",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
    )
    date_end = fields.Date(string="Works until", required=True)
    date_sent = fields.Datetime(string="Sent on", readonly=True, copy=False)

    # Who was invited: shown to those only who manage the person
    recipient = fields.Char(string="Sent to", compute="_compute_recipient")
    circle_member_id = fields.Many2one(
        "dupq.circle.member", ondelete="cascade", index=True, groups=fields.NO_ACCESS
    )
    email = fields.Char(required=True, groups=fields.NO_ACCESS)

    # Secrets, all hashed
    token_hash = fields.Char(copy=False, groups=fields.NO_ACCESS)
    browser_hash = fields.Char(copy=False, groups=fields.NO_ACCESS)

    _token_uniq = models.UniqueIndex("(token_hash)", "This link exists already.")
    _about_a_person = models.Constraint(
        "CHECK(purpose NOT IN ('choosing', 'feedback') OR person_id IS NOT NULL)",
        "Say which person it is about.",
    )

    # === COMPUTE METHODS === #

    @api.depends("person_id.company_id")
    def _compute_company_id(self):
        for invitation in self:
            # Only whose record it is: the right to invite was asked before.
            owner = invitation.person_id or invitation.sudo()._get_target()
            invitation.company_id = owner.company_id

    @api.depends("purpose", "person_id")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        for invitation in self:
            invitation.display_name = self.env._(
                "%(purpose)s: %(person)s",
                purpose=purposes.get(invitation.purpose, ""),
                person=invitation._get_subject().display_name,
            )

    @api.depends("person_id")
    @api.depends_context("uid")
    def _compute_recipient(self):
        """The name of who was invited, for those who manage the person."""
        for invitation in self:
            if not invitation._is_managed():
                invitation.recipient = self.env._("Confidential")
                continue
            # Whoever manages the person may know whom it was sent to.
            invitation_sudo = invitation.sudo()
            member = invitation_sudo.circle_member_id
            invitation.recipient = (
                member.display_name if member else invitation_sudo.email
            )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override to let nobody point a link elsewhere, or at somebody else."""
        if not self.env.su and vals.keys() - {self._state_field}:
            raise AccessError(
                self.env._("A link is not changed: close it and send another.")
            )
        return super().write(vals)

    # === ACTIONS === #

    def action_renew(self):
        """Send a new link to the same person; the one before works no more."""
        return self._take("renew")

    def action_revoke(self):
        """Close the link, with a reason."""
        return self._take("revoke")

    # === GUARDS === #

    def _why_not_renew(self):
        """Nothing is sent about a person whose wish does not stand."""
        refused = {}
        for invitation in self:
            # Only tells whether it may be sent; shows nothing of whom.
            invitation_sudo = invitation.sudo()
            if not invitation_sudo._is_wanted():
                refused[invitation] = self.env._(
                    "The person does not want this now: nothing is sent."
                )
            elif sentence := invitation_sudo._get_target()._why_not_invite():
                refused[invitation] = sentence
        return refused

    def _took(self, name):
        """Extend to make the new link with the step that sends it."""
        result = super()._took(name)
        if name == "renew":
            # The step was allowed; the secrets are nobody's to read or write.
            for invitation_sudo in self.sudo():
                invitation_sudo._send_link()
        return result

    # === INVITING === #

    @api.model
    def _invite(self, target, purpose, email, circle_member=None, **values):
        """Send a link to ``email``; who may change the person or record may do so.

        :param target: the one record it is for, of a model that inherits
            ``dupq.invitation.target``; it says who may invite
        :param circle_member: whose link dies with the person's wish about them
        :param values: ``kind``, ``date_end``
        """
        if not self.env.su:
            target._check_may_invite()
        person = target._get_invitation_person()
        if circle_member and circle_member.person_id != person:
            raise UserError(self.env._("They do not belong to this person's circle."))
        self._check_address(target, email, circle_member, values.get("kind"))
        values.setdefault("date_end", fields.Date.today() + timedelta(days=DAYS))
        # Asked above: nobody creates invitations but by this door, which knows
        # for whom, and keeps the secrets.
        invitation_sudo = self.sudo().create(
            {
                "purpose": purpose,
                "res_model": target._name,
                "res_id": target.id,
                "person_id": person.id,
                "email": email,
                "circle_member_id": circle_member.id if circle_member else False,
                **target._prepare_invitation_values(),
                **values,
            }
        )
        if refused := invitation_sudo._why_not_renew():
            raise UserError(refused[invitation_sudo])
        invitation_sudo._send_link()
        return invitation_sudo.with_env(self.env)

    def _send_link(self):
        """Make a token, forget the one before and whoever used it, and mail it."""
        token = new_token()
        self.write(
            {
                "token_hash": secret_hash(token),
                "browser_hash": False,
                "date_sent": fields.Datetime.now(),
                "date_end": max(self.date_end, fields.Date.today() + timedelta(days=1)),
                **self._forget_code(),
            }
        )
        template = self._get_target()._get_invitation_template()
        self._mail(template, self._get_url(token))

    def _get_url(self, token):
        return f"{self.get_base_url()}/invitation/{token}"

    @api.model
    def _check_address(self, target, email, circle_member=None, kind=None):
        """A link for one goes to nobody who works here: they would speak for them."""
        if kind == "group" or not target._is_invitation_of_people_supported():
            return
        person = target._get_invitation_person()
        whose = circle_member.partner_id if circle_member else person.user_id.partner_id
        # Only whether it is an address of ours is asked.
        own = email_normalize(whose.sudo().email)
        if own and own == email_normalize(email):
            return
        ours = Domain("email_normalized", "=", email_normalize(email))
        ours &= Domain("share", "=", False)
        if self.env["res.users"].sudo().search_count(ours, limit=1):
            raise UserError(
                self.env._(
                    "Somebody who works here reads this address, and would answer for "
                    "them. Write their own address, or send a link for many people to "
                    "answer together."
                )
            )

    @api.model
    def _send_again(self, target, purpose, email, circle_member=None, since=None):
        """Send a link to the same seat, new or in the place of the one before.

        :param since: a link that was closed by hand after this day stays closed
        :return: whether a link was sent
        """
        member_id = circle_member.id if circle_member else False
        # Nobody at a desk calls this: it follows from what is asked.
        last_sudo = self.sudo().search(
            [
                ("res_model", "=", target._name),
                ("res_id", "=", target.id),
                ("purpose", "=", purpose),
                ("kind", "=", "personal"),
                ("circle_member_id", "=", member_id),
            ],
            limit=1,
        )
        if last_sudo.state == "revoked":
            if since and last_sudo.date_sent.date() >= since:
                return False
        elif last_sudo.email == email:
            last_sudo.date_end = fields.Date.today() + timedelta(days=DAYS)
            return last_sudo._take("renew")
        elif last_sudo.state in ALIVE:
            reason = self.env._("They have another address now.")
            last_sudo._take("revoke", reason=reason)
        return bool(self._invite(target, purpose, email, circle_member))

    # === OPENING === #

    @api.model
    def _look_up(self, token):
        """The invitation of a link, or why there is none.

        :return: a record in sudo mode, or an empty one and one of the reasons
        """
        # Whoever holds the link shows it as their right; nothing else is searched.
        nothing_sudo = self.sudo().browse()
        if not token or len(token) > 100:
            return nothing_sudo, UNKNOWN
        hashed = secret_hash(token)
        found_sudo = self.sudo().search_fetch(
            [("token_hash", "=", hashed)], OPENING_FIELDS, limit=1
        )
        if not found_sudo or not same_secret(found_sudo.token_hash, hashed):
            return nothing_sudo, UNKNOWN
        reason = found_sudo._why_dead()
        return (nothing_sudo, reason) if reason else (found_sudo, None)

    def _why_dead(self):
        """Why the link does not work now, or None."""
        if self.state == "expired" or self._is_over():
            return EXPIRED
        if self.state not in ALIVE or not self._is_wanted():
            return CLOSED
        return None

    def _is_over(self):
        # Nowhere on earth is it later than tomorrow: most need not ask where it is.
        if self.date_end > fields.Date.today() + timedelta(days=1):
            return False
        return self.date_end < self.company_id._get_today()

    def _is_wanted(self):
        """Whether the person still wants it, asked anew each time."""
        self.ensure_one()
        self.circle_member_id.invalidate_recordset(["state"])
        member = self.circle_member_id
        if member and member.state != "agreed":
            return False
        target = self._get_target()
        return bool(target) and target._is_invitation_wanted(self)

    def _get_subject(self):
        """Whom or what it is about."""
        return self.person_id or self._get_target()

    def _is_managed(self):
        """Whether this user may know whom it was sent to."""
        return self.person_id.is_managed

    def _get_target(self):
        """The record that it is for; none once its kind of record has gone."""
        if self.res_model not in self.env:
            return self.person_id.browse()
        model = self.env[self.res_model]
        # Whether it is there, whoever asks; and, in the same statement, what its
        # pages need of it.
        model_sudo = model.sudo()
        if model._active_name:
            model_sudo = model_sudo.with_context(active_test=False)
        there_sudo = model_sudo.search_fetch(
            [("id", "=", self.res_id)], model._get_invitation_fields(), order="id"
        )
        return model.browse(there_sudo.ids)

    # === BINDING === #

    def _is_bound_to(self, cookie):
        """Whether this browser may use the link."""
        self.ensure_one()
        if self.kind == "group":
            return self.state == "used"
        if self.state != "used" or not cookie or not self.browser_hash:
            return False
        return same_secret(self.browser_hash, secret_hash(cookie))

    def _bind(self):
        """Give the link to the browser that asks first.

        :return: the cookie for that browser; None if another one was faster, or
            for a link that is for many
        """
        self.ensure_one()
        if not self._lock_now() or self.state != "open":
            return None
        if self.kind == "group":
            return self._bind_for_many()
        self._take("bind")
        return self._bind_browser()

    def _bind_for_many(self):
        """It is in use from today on; by whom, and at what time, is kept nowhere."""
        # Whoever opened it first is not the one who says something.
        nobody = self.with_user(self.env.ref("base.public_user")).sudo()
        nobody._take("bind")
        nobody.env.flush_all()
        today = fields.Date.to_string(fields.Date.today())
        logs = SQL(
            "UPDATE dupq_workflow_log SET date = %s "
            "WHERE model = %s AND res_id = %s AND transition = 'bind'",
            today,
            self._name,
            self.id,
        )
        row = SQL(
            "UPDATE dupq_invitation SET write_date = %s WHERE id = %s", today, self.id
        )
        # Their times are not written through the ORM, which would set them to now.
        self.env.cr.execute(logs)
        self.env.cr.execute(row)
        nobody.env.invalidate_all()

    def _bind_browser(self):
        cookie = new_token()
        self.browser_hash = secret_hash(cookie)
        return cookie

    def _get_cookie_end(self):
        """The browser forgets the link with its last day."""
        return fields.Datetime.to_datetime(self.date_end) + timedelta(days=1)

    def _lock_now(self):
        """Hold the row, with its newest values; False if somebody else does."""
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        self.invalidate_recordset()
        return True

    # === THE WISH === #

    @api.model
    def _stop_for(self, members, purposes=None):
        """The person no longer wants these: links die, nothing more is mailed.

        :param purposes: what they are not wanted for any more; anything by default
        """
        domain = Domain("circle_member_id", "in", members.ids)
        if purposes:
            domain &= Domain("purpose", "in", purposes)
        self._stop(domain)

    @api.model
    def _stop_without(self, consents):
        """The person took these back: nobody is asked at a page any more."""
        for purpose, model in self.env["dupq.person"]._get_asked_models().items():
            people = consents.filtered(lambda c, m=model: c.purpose == m._consent)
            domain = Domain("person_id", "in", people.person_id.ids)
            self._stop(domain & Domain("purpose", "=", purpose))

    @api.model
    def _stop(self, domain):
        # Whoever may record the wish ends what followed from it.
        mine_sudo = self.sudo().search(domain)
        mine_sudo._stop_mail()
        alive_sudo = mine_sudo.filtered(lambda one: one.state in ALIVE)
        alive_sudo._take("revoke", reason=self.env._("The person no longer wants it."))
