import {Component, useEffect, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// Somebody who listens is told at each quarter, not at each step.
const QUARTER = 25;

/**
 * How far long work is that goes on by itself: a bar, and the same in words. Whoever
 * stays sees it move, in a form and in each row of a list; whoever leaves finds it here
 * again. What is being typed in a form is never touched.
 */
export class LongWork extends Component {
    static template = "dupq_assessment.LongWork";
    static props = {
        ...standardFieldProps,
        words: {type: String, optional: true},
        share: {type: String, optional: true},
        while: {type: String, optional: true},
        about: {type: String, optional: true},
        isRow: {type: Boolean, optional: true},
    };

    setup() {
        this.longWork = useService("dupq_long_work");
        this.state = useState({seen: null, told: ""});
        // Begun again, ended, or another record in its place: a new look.
        useEffect(
            (record, resId, isUnderWay) => {
                this.state.seen = null;
                if (resId && isUnderWay && !record.model.useSampleModel) {
                    return this.watch();
                }
            },
            () => {
                const {record} = this.props;
                return [record, record.resId, Boolean(record.data[this.props.while])];
            }
        );
    }

    get values() {
        return this.state.seen || this.props.record.data;
    }

    get share() {
        return Math.floor(this.values[this.shareName] || 0);
    }

    get shareName() {
        return this.props.share || this.props.name;
    }

    get wordsName() {
        return this.props.share ? this.props.name : this.props.words;
    }

    get label() {
        return this.props.record.fields[this.props.name].string;
    }

    get said() {
        return this.values[this.wordsName] || `${this.share} %`;
    }

    get isUnderWay() {
        return Boolean(this.values[this.props.while]);
    }

    /** In a list what has ended needs no bar: its words say so. */
    get hasBar() {
        return !this.props.isRow || this.isUnderWay;
    }

    /** What a row is about: somebody who listens does not see beside what it stands. */
    get about() {
        const value = this.props.record.data[this.props.about];
        return value?.display_name || value || "";
    }

    watch() {
        const {record} = this.props;
        const fields = [this.shareName, this.wordsName, this.props.while].filter(
            Boolean
        );
        const stop = this.longWork.watch({
            resModel: record.resModel,
            resId: record.resId,
            fields,
            onSeen: (values) => this.onSeen(values, stop),
        });
        return stop;
    }

    onSeen(values, stop) {
        const before = this.share;
        this.state.seen = values;
        if (
            !this.isUnderWay ||
            (!this.props.isRow &&
                Math.floor(before / QUARTER) < Math.floor(this.share / QUARTER))
        ) {
            this.state.told = [this.about, this.said].filter(Boolean).join(": ");
        }
        if (!this.isUnderWay) {
            stop();
            this.showEnd();
        }
    }

    /** The rest of the page is as it is now; not while somebody types. */
    async showEnd() {
        const {record} = this.props;
        const {root} = record.model;
        const form = "isDirty" in root ? root : null;
        if (!form) {
            await record.load();
        } else if (!(await form.isDirty())) {
            await form.load();
        }
    }
}

export const longWork = {
    component: LongWork,
    // On the words with the share as an option, or the other way round.
    supportedTypes: ["integer", "float", "char"],
    extractProps: ({options, viewType}) => ({
        words: options.words,
        share: options.share,
        while: options.while,
        about: options.about,
        isRow: viewType !== "form",
    }),
};

registry.category("fields").add("dupq_long_work", longWork);
