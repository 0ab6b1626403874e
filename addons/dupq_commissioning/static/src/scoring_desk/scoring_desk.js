import {
    Component,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ConflictCheck} from "../conflict_check/conflict_check";

// How long typing may rest before it is kept.
const REST = 800;
const TEXT_FIELDS = "textarea, select, [contenteditable], input:not([type=radio])";

/** One answer at a time: question, scale, answer; my score and why. Nobody else's. */
export class ScoringDesk extends Component {
    static template = "dupq_commissioning.ScoringDesk";
    static components = {ConflictCheck, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.commentRef = useRef("comment");
        this.headingRef = useRef("heading");
        this.saving = Promise.resolve();
        this.state = useState({
            desk: {tenders: []},
            cards: {},
            bid: 0,
            criterion: 0,
            status: "",
        });
        useExternalListener(window, "keydown", this.onKeydown.bind(this));
        useSetupAction({beforeLeave: () => this.keep()});
        onWillStart(() => this.load(this.props.action.context?.active_id));
        onWillUnmount(() => clearTimeout(this.timer));
    }

    // --- What is shown -----------------------------------------------------

    get desk() {
        return this.state.desk;
    }
    get bid() {
        return this.desk.bids[this.state.bid];
    }
    get criterion() {
        return this.desk.criteria[this.state.criterion];
    }
    get card() {
        return this.state.cards[this.bid.id]?.find(
            (card) => card.criterion_id === this.criterion.id
        );
    }
    get total() {
        return this.desk.bids.length * this.desk.criteria.length;
    }
    /** Answers that were given; what was left blank needs no score. */
    get toScore() {
        return this.total - this.desk.blank.length;
    }
    get done() {
        return this.desk.done.filter((place) => !this.isBlank(...place)).length;
    }
    get isNothingGiven() {
        return this.isBlank(this.bid.id, this.criterion.id);
    }
    get nothing() {
        return this.desk.levels.find((level) => level.value === 0);
    }
    get place() {
        return this.state.bid * this.desk.criteria.length + this.state.criterion;
    }
    get isOpen() {
        return (
            this.desk.seat.state === "declared" && this.desk.tender.state === "scoring"
        );
    }
    get progress() {
        return _t("%(done)s of %(all)s answers scored", {
            done: this.done,
            all: this.toScore,
        });
    }
    get level() {
        return this.desk.levels.find((level) => level.id === this.card?.level_id);
    }

    get status() {
        return {
            changed: _t("Not saved yet"),
            saving: _t("Saving"),
            saved: _t("Saved"),
            failed: _t("Not saved"),
        }[this.state.status];
    }

    isDone(bidId, criterionId) {
        return this.desk.done.some(
            ([bid, criterion]) => bid === bidId && criterion === criterionId
        );
    }
    isBlank(bidId, criterionId) {
        return this.desk.blank.some(
            ([bid, criterion]) => bid === bidId && criterion === criterionId
        );
    }
    countDone(bidId) {
        return this.desk.done.filter(
            ([bid, criterion]) => bid === bidId && !this.isBlank(bid, criterion)
        ).length;
    }
    countToScore(bidId) {
        const blank = this.desk.blank.filter(([bid]) => bid === bidId);
        return this.desk.criteria.length - blank.length;
    }

    // --- Reading -----------------------------------------------------------

    async load(tenderId) {
        const desk = await this.orm.call("dupq.scoring.desk", "get_desk", [
            tenderId || false,
        ]);
        const cards = {};
        const start = desk.bids?.length ? this.findNext(desk, -1) || 0 : 0;
        const [bid, criterion] = this.locate(desk, start);
        if (desk.bids?.length) {
            cards[desk.bids[bid].id] = await this.read(desk.bids[bid].id);
        }
        Object.assign(this.state, {desk, cards, bid, criterion, status: ""});
        if (desk.bids?.length) {
            this.readAhead(bid + 1);
        }
    }

    read(bidId) {
        return this.orm.call("dupq.scoring.desk", "get_bid", [bidId]);
    }

    /** Which bid and which question stand at a place in the round. */
    locate(desk, place) {
        const count = desk.criteria?.length || 1;
        return [Math.floor(place / count), place % count];
    }

    reload() {
        return this.load(this.desk.tender.id);
    }

    /** Show another answer at once; what changed is saved meanwhile. */
    async go(place) {
        if (place < 0 || place >= this.total || this.isMoving) {
            return;
        }
        this.keep();
        const [bid, criterion] = this.locate(this.desk, place);
        const bidId = this.desk.bids[bid].id;
        if (!this.state.cards[bidId]) {
            this.isMoving = true;
            try {
                this.state.cards[bidId] = await this.read(bidId);
            } finally {
                this.isMoving = false;
            }
        }
        Object.assign(this.state, {bid, criterion});
        this.headingRef.el?.focus();
        this.readAhead(bid + 1);
    }

    /** Have the next bid at hand, so that no key falls between two answers. */
    async readAhead(bid) {
        const bidId = this.desk.bids[bid % this.desk.bids.length].id;
        if (!this.state.cards[bidId]) {
            const cards = await this.read(bidId);
            this.state.cards[bidId] ||= cards;
        }
    }

    /** The next answer without a score and a comment, going round once. */
    findNext(desk, from) {
        const total = desk.bids.length * desk.criteria.length;
        const done = new Set([...desk.done, ...desk.blank].map(String));
        for (let step = 1; step <= total; step++) {
            const place = (from + step) % total;
            const [bid, criterion] = this.locate(desk, place);
            if (!done.has(`${desk.bids[bid].id},${desk.criteria[criterion].id}`)) {
                return place;
            }
        }
        return undefined;
    }

    // --- Scoring -----------------------------------------------------------

    setLevel(level) {
        if (this.isOpen && this.card && !this.isNothingGiven) {
            this.card.level_id = level.id;
            this.change();
            this.keep();
        }
    }

    setComment(ev) {
        this.card.comment = ev.target.value;
        this.change();
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.keep(), REST);
    }

    change() {
        this.card.isDirty = true;
        this.state.status = "changed";
    }

    /** Send what changed, one after the other, so that nothing is saved twice. */
    keep() {
        clearTimeout(this.timer);
        if (!this.desk.bids?.length || !this.card?.isDirty) {
            return this.saving;
        }
        const card = this.card;
        const bidId = this.bid.id;
        card.isDirty = false;
        this.note(card, bidId);
        this.state.status = "saving";
        this.saving = this.saving.catch(() => {}).then(() => this.send(card, bidId));
        return this.saving;
    }

    async send(card, bidId) {
        const values = {level_id: card.level_id, comment: card.comment};
        try {
            if (card.score) {
                await this.orm.write("dupq.score", [card.score], values);
            } else {
                [card.score] = await this.orm.create("dupq.score", [
                    {
                        ...values,
                        evaluator_id: this.desk.seat.id,
                        bid_id: bidId,
                        criterion_id: card.criterion_id,
                    },
                ]);
            }
        } catch (error) {
            card.isDirty = true;
            this.note(card, bidId);
            this.state.status = "failed";
            throw error;
        }
        if (this.state.status === "saving") {
            this.state.status = "saved";
        }
    }

    /** Count the answer as scored, or no longer. */
    note(card, bidId) {
        this.desk.done = this.desk.done.filter(
            ([bid, criterion]) => bid !== bidId || criterion !== card.criterion_id
        );
        if (card.level_id && card.comment.trim() && !card.isDirty) {
            this.desk.done.push([bidId, card.criterion_id]);
        }
    }

    goNext() {
        this.keep();
        const next = this.findNext(this.desk, this.place);
        return this.go(next === undefined ? this.place + 1 : next);
    }

    async lock() {
        await this.keep();
        this.dialog.add(ConfirmationDialog, {
            title: _t("Lock my scores"),
            body: _t(
                "The chair will see your scores and comments once everyone has locked. You cannot change them any more."
            ),
            confirmLabel: _t("Lock my scores"),
            cancelLabel: _t("Look at them again"),
            confirm: () =>
                this.action.doActionButton({
                    type: "object",
                    name: "action_lock",
                    resModel: "dupq.tender.evaluator",
                    resId: this.desk.seat.id,
                    onClose: () => this.reload(),
                }),
            cancel: () => {},
        });
    }

    // --- Keys --------------------------------------------------------------

    onKeydown(ev) {
        if (!this.desk.bids?.length || !this.card || this.isBusyElsewhere()) {
            return;
        }
        if (ev.target === this.commentRef.el) {
            if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
                ev.preventDefault();
                this.goNext();
            }
            return;
        }
        if (ev.ctrlKey || ev.metaKey || ev.altKey || ev.target.closest?.(TEXT_FIELDS)) {
            return;
        }
        this.onDeskKey(ev);
    }

    isBusyElsewhere() {
        return Boolean(document.querySelector(".modal, .o_command_palette"));
    }

    onDeskKey(ev) {
        const level = this.desk.levels.find((each) => String(each.value) === ev.key);
        if (level) {
            this.setLevel(level);
        } else if (ev.target.matches("input[type=radio], button, a")) {
            return;
        } else if (ev.key === "ArrowLeft") {
            this.go(this.place - 1);
        } else if (ev.key === "ArrowRight") {
            this.go(this.place + 1);
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.commentRef.el?.focus();
        }
    }

    openModeration() {
        return this.action.doAction("dupq_commissioning.dupq_moderation_table_action", {
            additionalContext: {active_id: this.desk.tender.id},
        });
    }

    openRanking() {
        return this.action.doAction("dupq_commissioning.dupq_tender_ranking_action", {
            additionalContext: {active_id: this.desk.tender.id},
        });
    }
}

registry.category("actions").add("dupq_commissioning.scoring_desk", ScoringDesk);
