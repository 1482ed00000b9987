// Versions of a text, with what was changed in each: back, forth, to any of them.

export class History {
  constructor(text) {
    this.versions = [{ text, what: "" }];
    this.place = 0;
  }

  get now() {
    return this.versions[this.place].text;
  }

  get canGoBack() {
    return this.place > 0;
  }

  get canGoForth() {
    return this.place < this.versions.length - 1;
  }

  /** Add a version; typing on goes into the version that typing began. */
  add(text, what) {
    if (text === this.now) return;
    const last = this.versions[this.place];
    if (what === "typed in the text" && last.what === what && this.place === this.versions.length - 1) {
      last.text = text;
      return;
    }
    this.versions = [...this.versions.slice(0, this.place + 1), { text, what }].slice(-200);
    this.place = this.versions.length - 1;
  }

  /** Go to a version by its place. */
  go(place) {
    this.place = Math.max(0, Math.min(this.versions.length - 1, place));
    return this.now;
  }

  toJSON() {
    return { versions: this.versions, place: this.place };
  }

  static from({ versions, place }) {
    const history = new History("");
    history.versions = versions;
    history.place = place;
    return history;
  }
}
