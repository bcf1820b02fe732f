"use strict";
// Kind "movers": vehicles, boats and whatever else goes from place to place.
(function (Y) {
  const MANY = 4; // so many standing in one spot are drawn as one with a number

  // Ways driven, as lines with the share of the time at the end of each.
  Y.Ways = class {
    constructor(table, lines) {
      Object.assign(this, Y.unpackAll(table, ["start", "line", "share"]));
      this.lines = lines;
    }
    // Point of a way at a share 0 to 1 of its time.
    pointAt(way, share, out) {
      const first = this.start[way], last = this.start[way + 1] - 1, want = share * 65535;
      const i = Math.min(Y.after(this.share, first, last + 1, want), last);
      const begin = i > first ? this.share[i - 1] : 0, span = this.share[i] - begin;
      const f = span > 0 ? Math.min(1, (want - begin) / span) : 1;
      const code = this.line[i], against = code & 1;
      this.lines.pointAt(code >> 1, against ? 1 - f : f, out);
    }
    trace(g, view, way) {
      for (let i = this.start[way]; i < this.start[way + 1]; i++) {
        this.lines.trace(g, view, this.line[i] >> 1);
      }
    }
  };

  class Movers {
    constructor(spec, scene, night) {
      Object.assign(this, { spec, scene, night, canvas: "live", live: true });
      const columns = ["start", "t0", "t1", "way", "x", "y", "x1", "y1", "status", "load"];
      Object.assign(this, Y.unpackAll(spec.tracks, columns));
      this.count = this.start.length - 1;
      this.klass = Y.unpack(spec.class);
      this.seats = Y.unpack(spec.seats);
      this.cursor = Int32Array.from({ length: this.count }, (_, m) => this.start[m]);
      this.point = new Float64Array(4);
      this.groupOf = {};
      spec.groups.forEach((group, k) => group.codes.forEach((c) => { this.groupOf[c] = k; }));
      this.hits = [];
      this.selected = -1;
    }
    // Row of the segment a mover is in at a moment; -1 before its first.
    segment(m, ms) {
      const first = this.start[m], end = this.start[m + 1];
      if (first === end || ms < this.t0[first]) return -1;
      const holds = (k) => k < end && ms >= this.t0[k] && (k + 1 === end || ms < this.t0[k + 1]);
      let i = this.cursor[m];
      if (!holds(i)) i = holds(i + 1) ? i + 1 : Y.after(this.t0, first, end, ms) - 1;
      this.cursor[m] = i;
      return i;
    }
    // Position in a segment, written to this.point; whether it moves.
    locate(i, ms) {
      const span = this.t1[i] - this.t0[i];
      const share = span > 0 ? Math.min(1, (ms - this.t0[i]) / span) : 1;
      if (this.way[i] >= 0) {
        this.night.ways.pointAt(this.way[i], share, this.point);
        return true;
      }
      this.point[0] = this.x[i] + share * (this.x1[i] - this.x[i]);
      this.point[1] = this.y[i] + share * (this.y1[i] - this.y[i]);
      return this.x[i] !== this.x1[i] || this.y[i] !== this.y1[i];
    }
    // Movers by group of status at a moment; the last number is those not yet called.
    byGroup(ms) {
      const n = new Array(this.spec.groups.length + 1).fill(0);
      for (let m = 0; m < this.count; m++) {
        const i = this.segment(m, ms);
        n[i < 0 ? n.length - 1 : this.groupOf[this.status[i]]]++;
      }
      return n;
    }
    draw(g, view, ms) {
      this.hits = [];
      this._wayOfSelected(g, view, ms);
      const spots = new Map();
      for (let m = 0; m < this.count; m++) {
        const i = this.segment(m, ms);
        if (i < 0) continue;
        const moves = this.locate(i, ms);
        const px = view.px(this.point[0]), py = view.py(this.point[1]);
        if (px < -20 || py < -20 || px > view.width + 20 || py > view.height + 20) continue;
        if (moves) this._symbol(g, m, i, px, py, view);
        else {
          const key = this.x[i] + ":" + this.y[i];
          if (!spots.has(key)) spots.set(key, []);
          spots.get(key).push([m, i, px, py]);
        }
      }
      for (const standing of spots.values()) this._stand(g, view, standing);
    }
    // The way the selected one is on.
    _wayOfSelected(g, view, ms) {
      const i = this.selected >= 0 ? this.segment(this.selected, ms) : -1;
      if (i < 0 || this.way[i] < 0) return;
      g.strokeStyle = "rgba(255, 127, 14, 0.8)";
      g.lineWidth = 5;
      g.lineCap = g.lineJoin = "round";
      g.beginPath();
      this.night.ways.trace(g, view, this.way[i]);
      g.stroke();
    }
    _stand(g, view, standing) {
      const busy = standing.filter(([, i]) => this.spec.groups[this.groupOf[this.status[i]]].look !== "absent");
      const rows = busy.length ? busy : standing;
      if (rows.length > MANY && view.pxPerKm < 150) {
        const [m, i, px, py] = rows[0];
        this._symbol(g, m, i, px, py, view);
        g.font = `bold 10px ${Y.FONT}`;
        g.textAlign = "left";
        g.textBaseline = "middle";
        g.lineWidth = 3;
        g.strokeStyle = "#ffffff";
        g.strokeText("×" + rows.length, px + 7, py);
        g.fillStyle = "#333333";
        g.fillText("×" + rows.length, px + 7, py);
        return;
      }
      rows.forEach(([m, i, px, py], k) => this._symbol(g, m, i, px + (k % 4) * 9, py + Math.floor(k / 4) * 9, view));
    }
    _symbol(g, m, i, px, py, view) {
      const style = this.spec.classes[this.klass[m]];
      const group = this.spec.groups[this.groupOf[this.status[i]]];
      const zoom = Math.min(1.6, Math.max(0.9, Math.sqrt(view.pxPerKm / 30)));
      const s = style.size * zoom, idle = group.look === "idle" || group.look === "absent";
      const stuck = group.look === "stuck";
      g.lineWidth = stuck ? 2.5 : 1.6;
      g.strokeStyle = stuck ? "#d1495b" : idle ? "#8a8a8a" : style.colour;
      g.fillStyle = this.load[i] ? style.colour : "#ffffff";
      g.beginPath();
      if (style.shape === "boat") {
        g.moveTo(px - s * 0.7, py - s * 0.25); g.lineTo(px + s * 0.7, py - s * 0.25);
        g.lineTo(px + s * 0.4, py + s * 0.4); g.lineTo(px - s * 0.4, py + s * 0.4);
        g.closePath();
      } else g.rect(px - s / 2, py - s / 2, s, s);
      g.fill();
      g.stroke();
      if (m === this.selected) {
        g.strokeStyle = "#ff7f0e";
        g.lineWidth = 3;
        g.beginPath();
        g.arc(px, py, s + 4, 0, 2 * Math.PI);
        g.stroke();
      }
      this.hits.push([px, py, Math.max(6, s / 2 + 2), m]);
    }
    hit(px, py) {
      for (let i = this.hits.length - 1; i >= 0; i--) {
        const [x, y, r, m] = this.hits[i];
        if (Math.abs(px - x) <= r && Math.abs(py - y) <= r) return m;
      }
      return -1;
    }
  }

  // Many that exist only while they drive: dots, one for every trip under way.
  class Dots {
    constructor(spec, scene, night) {
      Object.assign(this, { spec, night, canvas: "live" }, Y.unpackAll(spec.trips, ["t0", "t1", "way", "load"]));
      this.longest = this.t0.reduce((most, t, i) => Math.max(most, this.t1[i] - t), 0);
      this.point = new Float64Array(4);
    }
    stamp() { return 0; }
    draw(g, view, ms) {
      const style = this.spec.classes[0], s = style.size * Math.min(1.8, Math.max(0.9, Math.sqrt(view.pxPerKm / 30)));
      g.fillStyle = style.colour;
      g.strokeStyle = "#3d3000";
      g.lineWidth = 0.8;
      const last = Y.after(this.t0, 0, this.t0.length, ms);
      for (let i = Y.after(this.t0, 0, last, ms - this.longest - 1); i < last; i++) {
        if (this.t1[i] <= ms) continue;
        this.night.ways.pointAt(this.way[i], (ms - this.t0[i]) / (this.t1[i] - this.t0[i]), this.point);
        const x = view.px(this.point[0]) - s / 2, y = view.py(this.point[1]) - s / 2;
        g.fillRect(x, y, s, s);
        g.strokeRect(x, y, s, s);
      }
    }
  }

  Y.KINDS.movers = function (spec, scene, night) {
    return spec.trips ? new Dots(spec, scene, night) : new Movers(spec, scene, night);
  };
})(window.Yuyan);
