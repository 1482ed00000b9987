// The text with its line numbers, and a mark at every line that a finding speaks of.

export class Editor {
  constructor(area, gutter) {
    this.area = area;
    this.gutter = gutter;
    this.marks = new Map();
    area.addEventListener("scroll", () => this.follow());
    this.number();
  }

  get text() {
    return this.area.value;
  }

  set text(text) {
    if (text === this.area.value) return;
    const { scrollTop, selectionStart } = this.area;
    this.area.value = text;
    this.area.scrollTop = scrollTop;
    this.area.selectionStart = this.area.selectionEnd = Math.min(selectionStart, text.length);
    this.number();
  }

  /** Mark lines: [{line, severity}], the worst of each line counts. */
  mark(findings) {
    this.marks = new Map();
    for (const { line, severity } of findings) {
      if (line && !this.marks.has(line)) this.marks.set(line, severity);
    }
    this.number();
  }

  number() {
    const count = this.area.value.split("\n").length;
    const lines = [];
    for (let line = 1; line <= count; line += 1) {
      const span = document.createElement("span");
      span.textContent = String(line);
      if (this.marks.has(line)) span.className = this.marks.get(line);
      lines.push(span, "\n");
    }
    this.gutter.replaceChildren(...lines);
    this.follow();
  }

  follow() {
    this.gutter.scrollTop = this.area.scrollTop;
  }

  /** Show a line and put the cursor on it. */
  go(line) {
    const lines = this.area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    const height = Number.parseFloat(getComputedStyle(this.area).lineHeight);
    this.area.scrollTop = Math.max(0, (line - 6) * height);
  }
}
