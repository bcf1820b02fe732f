"use strict";
// Vehicles and boats against the clock: a row each, coloured by what they do.
(function (Y) {
  const ROW = 12, NAME = 120; // as wide as .timeline-names

  Y.Gantt = class {
    constructor(scene, onPick, onSeek) {
      Object.assign(this, { scene, onPick, onSeek, horizon: scene.ground.horizon_ms });
      this.box = Y.element("div", "gantt");
      this.canvas = Y.element("canvas");
      this.space = Y.element("div", "gantt-space");
      this.line = Y.element("div", "gantt-now");
      this.box.append(this.canvas, this.space, this.line);
      this.box.addEventListener("scroll", () => this.draw());
      this.space.addEventListener("click", (e) => this._click(e));
    }
    // Show the movers of a panel.
    of(panel) {
      this.panel = panel;
      this.rows = [];
      for (const layer of panel.movers) {
        for (let m = 0; m < layer.count; m++) {
          if (layer.start[m] < layer.start[m + 1]) this.rows.push([layer, m]);
        }
      }
      this.space.style.height = this.rows.length * ROW + "px";
      this.draw();
    }
    get scrollbar() { return this.box.offsetWidth - this.box.clientWidth; }
    _x(ms) { return NAME + ms / this.horizon * (this.width - NAME); }
    draw() {
      if (!this.panel) return;
      this.width = this.box.clientWidth;
      const height = this.box.clientHeight, top = this.box.scrollTop;
      const g = Y.fitCanvas(this.canvas, this.width, height);
      this.canvas.style.top = this.line.style.top = top + "px";
      g.clearRect(0, 0, this.width, height);
      g.font = `10px ${Y.FONT}`;
      g.textBaseline = "middle";
      const first = Math.floor(top / ROW), last = Math.min(this.rows.length, first + height / ROW + 2);
      for (let r = first; r < last; r++) this._row(g, r, r * ROW - top);
    }
    _row(g, r, y) {
      const [layer, m] = this.rows[r];
      if (m === layer.selected) { g.fillStyle = "#ffe8cc"; g.fillRect(0, y, this.width, ROW); }
      for (let i = layer.start[m]; i < layer.start[m + 1]; i++) {
        const group = layer.spec.groups[layer.groupOf[layer.status[i]]];
        const x = this._x(layer.t0[i]), w = Math.max(0.6, this._x(layer.t1[i]) - x);
        const idle = group.look === "idle" || group.look === "absent";
        g.fillStyle = group.colour;
        g.globalAlpha = idle ? 0.35 : 1;
        g.fillRect(x, y + (idle ? 5 : 1.5), w, idle ? 2 : ROW - 3);
      }
      g.globalAlpha = 1;
      g.fillStyle = "#222222";
      const kind = layer.spec.classes[layer.klass[m]];
      g.fillText(this.scene.word(kind.label) + " " + layer.spec.names[m], 4, y + ROW / 2, NAME - 8);
    }
    _click(e) {
      const r = this.box.getBoundingClientRect();
      const row = Math.floor((e.clientY - r.top + this.box.scrollTop) / ROW);
      const x = e.clientX - r.left;
      if (x > NAME) this.onSeek((x - NAME) / (this.width - NAME) * this.horizon);
      if (this.rows[row]) this.onPick(this.panel, this.rows[row][0], this.rows[row][1]);
    }
    show(ms) { this.line.style.transform = `translateX(${this._x(ms)}px)`; }
  };
})(window.Yuyan);
