// Record one's voice on a page without the backend. Where the browser cannot, the
// page stays as it is: a file may be sent instead, or words written.

const KINDS = ["audio/webm", "audio/mp4", "audio/ogg"];
const ENDINGS = {"audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg"};

export class VoiceRecorder {
    constructor(root) {
        this.root = root;
        this.input = document.getElementById(root.dataset.dqRecorder);
        this.start = root.querySelector("[data-dq-record=start]");
        this.stop = root.querySelector("[data-dq-record=stop]");
        this.status = root.querySelector("[role=status]");
        this.sound = root.querySelector("audio");
        this.kind = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    }

    show() {
        this.start.addEventListener("click", () => this.record());
        this.stop.addEventListener("click", () => this.recorder.stop());
        this.root.hidden = false;
    }

    async record() {
        let stream;
        try {
            stream = await navigator.mediaDevices.getUserMedia({audio: true});
        } catch {
            this.status.textContent = this.root.dataset.refused;
            return;
        }
        const parts = [];
        this.recorder = new MediaRecorder(stream, {mimeType: this.kind});
        this.recorder.addEventListener("dataavailable", (ev) => parts.push(ev.data));
        this.recorder.addEventListener("stop", () => this.finish(stream, parts));
        this.recorder.start();
        this.swap(true);
        this.status.textContent = this.root.dataset.recording;
        this.stop.focus();
    }

    finish(stream, parts) {
        stream.getTracks().forEach((track) => track.stop());
        const file = new File(parts, `voice.${ENDINGS[this.kind]}`, {type: this.kind});
        const files = new DataTransfer();
        files.items.add(file);
        this.input.files = files.files;
        this.sound.src = URL.createObjectURL(file);
        this.sound.hidden = false;
        this.swap(false);
        this.status.textContent = this.root.dataset.done;
        this.start.focus();
    }

    swap(isRecording) {
        this.start.hidden = isRecording;
        this.stop.hidden = !isRecording;
    }
}

function showAll() {
    for (const root of document.querySelectorAll("[data-dq-recorder]")) {
        const recorder = new VoiceRecorder(root);
        if (recorder.kind) {
            recorder.show();
        }
    }
}

if (navigator.mediaDevices && window.MediaRecorder && window.DataTransfer) {
    showAll();
    // A form that was sent and not taken comes back as a new part of the same page.
    document.addEventListener("dq-page-shown", showAll);
}
