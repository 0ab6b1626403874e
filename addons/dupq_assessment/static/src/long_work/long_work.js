import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// How often a person who stays on the page sees how far it is, in milliseconds.
export const LOOK = 4000;

/**
 * How far long work is that goes on by itself: a bar, and the same in words. Whoever
 * stays sees it move; whoever leaves finds it here again. What is being typed in the
 * form is never touched.
 */
export class LongWork extends Component {
    static template = "dupq_assessment.LongWork";
    static props = {
        ...standardFieldProps,
        words: {type: String, optional: true},
        while: {type: String, optional: true},
    };

    setup() {
        this.isGone = false;
        onMounted(() => this.schedule());
        onWillUnmount(() => {
            this.isGone = true;
            browser.clearTimeout(this.timer);
        });
    }

    get share() {
        return Math.floor(this.props.record.data[this.props.name] || 0);
    }

    get label() {
        return this.props.record.fields[this.props.name].string;
    }

    get said() {
        return this.props.record.data[this.props.words] || `${this.share} %`;
    }

    get isUnderWay() {
        return Boolean(this.props.record.data[this.props.while]);
    }

    schedule() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.look(), LOOK);
    }

    /** Quietly ask how far it is; not while nobody looks, nor while somebody types. */
    async look() {
        const {record} = this.props;
        const isSeen = document.visibilityState !== "hidden";
        if (this.isUnderWay && record.resId && isSeen && !(await record.isDirty())) {
            try {
                await record.load();
            } catch (error) {
                console.warn("How far it is could not be asked", error);
            }
        }
        if (!this.isGone) {
            this.schedule();
        }
    }
}

export const longWork = {
    component: LongWork,
    supportedTypes: ["integer", "float"],
    extractProps: ({options}) => ({words: options.words, while: options.while}),
};

registry.category("fields").add("dupq_long_work", longWork);
