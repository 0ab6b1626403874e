import {onWillUnmount, useExternalListener, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {registry} from "@web/core/registry";
import {PanelScreen} from "../panel_screen/panel_screen";
import {
    countDone,
    countPlaces,
    countToScore,
    findNext,
    includes,
    locate,
    withAnswer,
} from "./round";

// How long typing may rest before it is kept.
const REST = 800;
const TEXT_FIELDS = "textarea, select, [contenteditable], input:not([type=radio])";

/** One answer at a time: question, scale, answer; my score and why. Nobody else's. */
export class ScoringDesk extends PanelScreen {
    static template = "dupq_commissioning.ScoringDesk";

    setup() {
        super.setup();
        this.commentRef = useRef("comment");
        this.headingRef = useRef("heading");
        this.state = useState({
            desk: {tenders: []},
            cards: {},
            bid: 0,
            criterion: 0,
            status: "",
        });
        useExternalListener(window, "keydown", this.onKeydown.bind(this));
        onWillUnmount(() => clearTimeout(this.timer));
    }

    // --- What is shown -----------------------------------------------------

    get desk() {
        return this.state.desk;
    }
    get tender() {
        return this.desk.tender;
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
        return countPlaces(this.desk);
    }
    /** Answers that were given; what was left blank needs no score. */
    get toScore() {
        return countToScore(this.desk);
    }
    get done() {
        return countDone(this.desk);
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
        return includes(this.desk.done, bidId, criterionId);
    }
    isBlank(bidId, criterionId) {
        return includes(this.desk.blank, bidId, criterionId);
    }
    countDone(bidId) {
        return countDone(this.desk, bidId);
    }
    countToScore(bidId) {
        return countToScore(this.desk, bidId);
    }

    // --- Reading -----------------------------------------------------------

    async load(tenderId) {
        const desk = await this.orm.call("dupq.scoring.desk", "get_desk", [
            tenderId || false,
        ]);
        const cards = {};
        const start = desk.bids?.length ? findNext(desk, -1) || 0 : 0;
        const [bid, criterion] = locate(desk, start);
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

    /** Show another answer at once; what changed is saved meanwhile. */
    async go(place) {
        if (place < 0 || place >= this.total || this.isMoving) {
            return;
        }
        this.keep();
        const [bid, criterion] = locate(this.desk, place);
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
            return this.queue.last;
        }
        const card = this.card;
        const bidId = this.bid.id;
        card.isDirty = false;
        this.note(card, bidId);
        this.state.status = "saving";
        return this.queue.add(() => this.send(card, bidId));
    }

    keepAll() {
        return this.keep();
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
        const isDone = card.level_id && card.comment.trim() && !card.isDirty;
        this.desk.done = withAnswer(this.desk.done, bidId, card.criterion_id, isDone);
    }

    goNext() {
        this.keep();
        const next = findNext(this.desk, this.place);
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
                this.press("dupq.tender.evaluator", this.desk.seat.id, "action_lock"),
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
}

registry.category("actions").add("dupq_commissioning.scoring_desk", ScoringDesk);
