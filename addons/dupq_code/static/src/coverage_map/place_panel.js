import {Component, onMounted, useRef} from "@odoo/owl";
import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";

import {CoverageShape} from "./coverage_shape";
import {GAP_WORDS, countWords, partsWords, stateWord, weakestStatement} from "./places";

/** One place of the map: its statements with figures, and the items behind a figure. */
export class PlacePanel extends Component {
    static template = "dupq_code.PlacePanel";
    static components = {CoverageShape};
    static props = {
        place: Object,
        servicesWords: {type: String, optional: true},
        items: {type: [Object, {value: null}]},
        mayAdd: Boolean,
        add: Function,
        close: Function,
        openItem: Function,
        openList: Function,
        openService: Function,
        toggleItems: Function,
    };

    setup() {
        this.countWords = countWords;
        this.partsWords = partsWords;
        this.stateWord = stateWord;
        const heading = useRef("heading");
        onMounted(() => heading.el.focus());
    }

    /** Whether it is of one service, to which evidence can be added. */
    get mayAdd() {
        return this.props.mayAdd && !this.props.place.services;
    }

    get weakest() {
        return weakestStatement(this.props.place.statements);
    }

    get addLabel() {
        return _t("Add evidence for %s", this.weakest.reference);
    }

    /** Whether the items behind this figure are shown. */
    isShown(statementId) {
        return this.props.items?.statement_id === statementId;
    }

    gapWord(kind) {
        return GAP_WORDS[kind];
    }

    kindWord(statement) {
        return statement.polarity === "bad"
            ? _t("What bad looks like")
            : _t("What good looks like");
    }

    polarityWord(item) {
        return item.polarity === "good" ? _t("Good") : _t("Not yet good");
    }

    dayWords(day) {
        return deserializeDate(day).toLocaleString(luxon.DateTime.DATE_FULL);
    }

    /** As many as the figure tells of, each the same as the next. */
    confidentialRows(items) {
        return [...Array(items.confidential).keys()];
    }
}
