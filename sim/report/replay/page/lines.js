"use strict";
// Layers made of lines: roads and what happens on them over time, rivers, outlines.
(function (Y) {
  // Vertices of many lines, with their boxes and the length up to every vertex.
  Y.Shapes = class {
    constructor(table) {
      Object.assign(this, Y.unpackAll(table, ["start", "x", "y"]));
      this.count = this.start.length - 1;
      this.names = table.names || [];
      this.box = new Float64Array(this.count * 4);
      this.along = new Float32Array(this.x.length);
      for (let k = 0; k < this.count; k++) this._measure(k);
    }
    _measure(k) {
      let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity, length = 0;
      for (let i = this.start[k]; i < this.start[k + 1]; i++) {
        if (i > this.start[k]) length += Math.hypot(this.x[i] - this.x[i - 1], this.y[i] - this.y[i - 1]);
        this.along[i] = length;
        x0 = Math.min(x0, this.x[i]); x1 = Math.max(x1, this.x[i]);
        y0 = Math.min(y0, this.y[i]); y1 = Math.max(y1, this.y[i]);
      }
      this.box.set([x0, y0, x1, y1], k * 4);
    }
    seen(k, view) {
      const b = this.box, i = k * 4;
      return view.sees(b[i], b[i + 1], b[i + 2], b[i + 3]);
    }
    trace(g, view, k) {
      let i = this.start[k];
      const end = this.start[k + 1];
      g.moveTo(view.px(this.x[i]), view.py(this.y[i]));
      for (i++; i < end; i++) g.lineTo(view.px(this.x[i]), view.py(this.y[i]));
    }
    // Point at a share 0 to 1 of line k; written into `out` as [x, y, dx, dy].
    pointAt(k, share, out) {
      const first = this.start[k], last = this.start[k + 1] - 1;
      const want = share * this.along[last];
      const i = Math.min(Math.max(Y.after(this.along, first, last + 1, want), first + 1), last);
      const span = this.along[i] - this.along[i - 1];
      const f = span > 0 ? (want - this.along[i - 1]) / span : 0;
      out[2] = this.x[i] - this.x[i - 1];
      out[3] = this.y[i] - this.y[i - 1];
      out[0] = this.x[i - 1] + f * out[2];
      out[1] = this.y[i - 1] + f * out[3];
    }
  };

  // Classes over time: one step function per series.
  Y.Series = class {
    constructor(table) {
      Object.assign(this, Y.unpackAll(table, ["row", "start", "t", "v"]));
      this.moments = Array.from(new Set(this.t)).sort((a, b) => a - b);
    }
    at(item, ms) {
      const r = this.row[item];
      if (r < 0) return 0;
      const i = Y.after(this.t, this.start[r], this.start[r + 1], ms) - 1;
      return i < this.start[r] ? 0 : this.v[i];
    }
    stamp(ms) { return Y.after(this.moments, 0, this.moments.length, ms); }
  };

  // Kind "edges-over-time": roads by rank (drawn once) or by the class of a series.
  class EdgesOverTime {
    constructor(spec, scene) {
      this.spec = spec;
      this.scene = scene;
      this.still = spec.by === "rank";
      this.canvas = this.still ? "ground" : "slow";
      this.series = this.still ? null : new Y.Series(spec.series);
      this.items = this.still ? null : this._rows();
    }
    _rows() {
      const rows = [];
      this.series.row.forEach((r, k) => { if (r >= 0) rows.push(k); });
      return rows;
    }
    stamp(ms) { return this.still ? 0 : this.series.stamp(ms); }
    draw(g, view, ms) {
      const { lines, ranks } = this.scene;
      const of = this.spec.classes.map(() => []);
      if (this.still) for (let k = 0; k < lines.count; k++) of[ranks[k]].push(k);
      else for (const k of this.items) { const c = this.series.at(k, ms); if (c) of[c - 1].push(k); }
      const grow = Math.min(2.2, Math.max(0.8, Math.sqrt(view.pxPerKm / 25)));
      g.lineCap = g.lineJoin = "round";
      // roads: the small ones below; water: the deep lies on top
      const order = this.spec.classes.map((_, c) => c);
      if (this.still) order.reverse();
      for (const c of order) this._stroke(g, view, this.spec.classes[c], of[c], grow);
    }
    _stroke(g, view, style, rows, grow) {
      g.strokeStyle = style.colour;
      g.lineWidth = style.width * grow;
      g.setLineDash(style.dash || []);
      g.beginPath();
      for (const k of rows) {
        if (this.scene.lines.seen(k, view)) this.scene.lines.trace(g, view, k);
      }
      g.stroke();
      g.setLineDash([]);
    }
  }

  // Kind "polygons": closed areas or open courses; still, or shown by the class of a series.
  class Polygons {
    constructor(spec) {
      this.spec = spec;
      this.shapes = new Y.Shapes(spec.shapes);
      this.series = spec.series ? new Y.Series(spec.series) : null;
      this.canvas = "below"; // areas and rivers never hide roads
    }
    stamp(ms) { return this.series ? this.series.stamp(ms) : 0; }
    draw(g, view, ms) {
      const grow = Math.min(3, Math.max(0.6, Math.sqrt(view.pxPerKm / 20)));
      g.lineCap = g.lineJoin = "round";
      for (let k = 0; k < this.shapes.count; k++) {
        const c = this.series ? this.series.at(k, ms) : 1;
        if (!c || !this.shapes.seen(k, view)) continue;
        const style = this.spec.classes ? this.spec.classes[c - 1] : this.spec;
        g.beginPath();
        this.shapes.trace(g, view, k);
        if (this.spec.closed) { g.closePath(); g.fillStyle = style.colour; g.fill(); }
        else { g.strokeStyle = style.colour; g.lineWidth = (style.width || 2) * grow; g.stroke(); }
      }
    }
  }

  Y.KINDS = { "edges-over-time": EdgesOverTime, "polygons": Polygons };
})(window.Yuyan);
