/** Sends one thing after the other, so that nothing overtakes what came before. */
export class SavingQueue {
    last = Promise.resolve();

    /**
     * Send this once all before it has gone, whether or not that could be saved.
     *
     * @param {Function} send gives the promise of one thing that is saved
     * @returns {Promise} of this one; it fails if this one could not be saved
     */
    add(send) {
        this.last = this.last.catch(() => {}).then(send);
        return this.last;
    }
}
