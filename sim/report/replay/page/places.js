"use strict";
// Layers made of places: villages as pies, shelters that fill, people who wait, water, names.
(function (Y) {
  const FULL = 2 * Math.PI;
  // Size and colour of names: townships, shelters, rivers.
  const NAMES = [[15, "#333333"], [12, "#14532d"], [13, "#1f5fb4"]];

  // Radius of a village in pixels by its people and by how close villages lie on the screen.
  function radius(persons, view, spacing) {
    const zoom = Math.min(2.4, Math.max(0.9, spacing * view.scale / 8));
    const room = Math.max(3, spacing * view.scale * 0.48);
    return Math.min(17, room, (2.2 + Math.sqrt(persons) / 5.5) * zoom);
  }

  // Kind "places-over-time": drawn as pie, fill, number or halo.
  class PlacesOverTime {
    constructor(spec, scene, night) {
      Object.assign(this, { spec, scene, night, canvas: "places" });
      this.series = spec.series ? new Y.Series(spec.series) : null;
      // places of the scenario, or points of the layer's own
      this.points = spec.points ? Object.assign({}, spec.points, Y.unpackAll(spec.points, ["x", "y"]))
        : scene.places;
      this.rows = this._rows(spec);
      this.capacity = spec.capacity ? Y.unpack(spec.capacity) : null;
      this.size = spec.size ? Y.unpack(spec.size) : null;
      this.hits = [];
    }
    _rows(spec) {
      if (spec.points) return Array.from(this.points.x.keys());
      return spec.rows === "homes" ? this.scene.homes : Y.unpack(spec.rows);
    }
    stamp(ms) { return this.series ? this.series.stamp(ms) : this.night.people.played; }
    draw(g, view, ms) {
      this.hits = [];
      const { x, y } = this.points;
      for (let i = 0; i < this.rows.length; i++) {
        const place = this.rows[i], px = view.px(x[place]), py = view.py(y[place]);
        if (px < -20 || py < -20 || px > view.width + 20 || py > view.height + 20) continue;
        this["_" + this.spec.draw](g, view, px, py, i, place, ms);
      }
    }
    _gauge(g, view, px, py, i, place, ms) {
      const c = this.series.at(place, ms), s = view.pxPerKm > 40 ? 7 : 5;
      if (!c) return;
      g.fillStyle = this.spec.classes[c - 1].colour;
      g.strokeStyle = "#1f5fb4";
      g.lineWidth = 1.3;
      g.beginPath();
      g.moveTo(px - s, py - s); g.lineTo(px + s, py - s); g.lineTo(px, py + s * 0.8);
      g.closePath();
      g.fill();
      g.stroke();
      this.hits.push([px, py, s + 2, place]);
    }
    // A diamond while an incident is open, red until somebody comes.
    _incident(g, view, px, py, i, place, ms) {
      const c = this.series.at(place, ms), s = view.pxPerKm > 40 ? 8 : 6;
      if (!c) return;
      g.fillStyle = this.spec.classes[c - 1].colour;
      g.strokeStyle = "#ffffff";
      g.lineWidth = 1.3;
      g.beginPath();
      g.moveTo(px, py - s); g.lineTo(px + s, py); g.lineTo(px, py + s); g.lineTo(px - s, py);
      g.closePath();
      g.fill();
      g.stroke();
      this.hits.push([px, py, s + 2, place]);
    }
    _halo(g, view, px, py, i, place, ms) {
      const c = this.series.at(place, ms);
      if (!c) return;
      g.fillStyle = this.spec.classes[c - 1].colour;
      g.globalAlpha = 0.75;
      g.beginPath();
      g.arc(px, py, radius(this.night.people.persons[place], view, this.scene.spacing) + 3.5, 0, FULL);
      g.fill();
      g.globalAlpha = 1;
    }
    _pie(g, view, px, py, i, place) {
      const people = this.night.people, total = people.persons[place];
      if (!total) return;
      const r = radius(total, view, this.scene.spacing);
      let from = -Math.PI / 2;
      for (const part of this.spec.parts) {
        const n = people.sumOf(place, part.codes);
        if (!n) continue;
        const to = from + FULL * n / total;
        g.fillStyle = part.colour;
        g.beginPath();
        if (n < total) g.moveTo(px, py);
        g.arc(px, py, r, from, to);
        g.fill();
        from = to;
      }
      g.lineWidth = 0.8;
      g.strokeStyle = "#ffffff";
      g.beginPath();
      g.arc(px, py, r, 0, FULL);
      g.stroke();
      this.hits.push([px, py, r + 2, place]);
    }
    _fill(g, view, px, py, i, place) {
      const people = this.night.people;
      const zoom = Math.min(2, Math.max(0.8, Math.sqrt(view.pxPerKm / 25)));
      const s = [6, 10, 13][this.size[i]] * zoom, capacity = this.capacity[i];
      const inside = people.sumAt(place, this.spec.codes);
      const share = capacity ? Math.min(1, inside / capacity) : 0;
      g.fillStyle = "#ffffff";
      g.fillRect(px - s / 2, py - s / 2, s, s);
      g.fillStyle = this.spec.colour;
      g.fillRect(px - s / 2, py + s / 2 - s * share, s, s * share);
      g.lineWidth = share >= 1 ? 2 : 1;
      g.strokeStyle = share >= 1 ? "#d1495b" : this.spec.colour;
      g.strokeRect(px - s / 2, py - s / 2, s, s);
      if (this.size[i] === 1) this._cross(g, px, py, s);
      const gate = people.sumAt(place, this.spec.gate);
      if (gate && view.pxPerKm > 30) this._label(g, px, py - s / 2 - 7, String(gate), "#0f766e");
      this.hits.push([px, py, s / 2 + 3, place]);
    }
    _cross(g, px, py, s) {
      g.strokeStyle = "#d1495b";
      g.lineWidth = 2;
      g.beginPath();
      g.moveTo(px - s / 4, py); g.lineTo(px + s / 4, py);
      g.moveTo(px, py - s / 4); g.lineTo(px, py + s / 4);
      g.stroke();
    }
    _number(g, view, px, py, i, place) {
      const n = this.night.people.sumAt(place, this.spec.codes);
      if (!n) return;
      if (view.pxPerKm > 45) {
        this._label(g, px, py, String(n), this.spec.colour);
        this.hits.push([px, py, 9, place]);
        return;
      }
      g.fillStyle = this.spec.colour;
      g.beginPath();
      const r = Math.min(6, 1.5 + Math.sqrt(n) / 3.5);
      g.moveTo(px, py - r); g.lineTo(px + r, py); g.lineTo(px, py + r); g.lineTo(px - r, py);
      g.fill();
    }
    _label(g, px, py, text, colour) {
      g.font = `bold 11px ${Y.FONT}`;
      g.textAlign = "center";
      g.textBaseline = "middle";
      const w = g.measureText(text).width + 6;
      g.fillStyle = "rgba(255,255,255,0.9)";
      g.fillRect(px - w / 2, py - 7, w, 14);
      g.strokeStyle = colour;
      g.lineWidth = 1;
      g.strokeRect(px - w / 2, py - 7, w, 14);
      g.fillStyle = colour;
      g.fillText(text, px, py + 0.5);
    }
    // The place under a point, or -1.
    hit(px, py) {
      for (let i = this.hits.length - 1; i >= 0; i--) {
        const [x, y, r, place] = this.hits[i];
        if (Math.hypot(px - x, py - y) <= r) return place;
      }
      return -1;
    }
  }

  // Kind "labels": names by importance, none over another; names of places when near enough.
  class Labels {
    constructor(spec, scene, night) {
      Object.assign(this, { spec, scene, night, canvas: "names" });
    }
    stamp() { return 0; }
    draw(g, view) {
      const taken = [];
      for (const name of this.scene.names) {
        const [size, colour] = NAMES[name.rank];
        this._write(g, view, name.text, name.x, name.y, size, taken, colour);
      }
      if (this.scene.spacing * view.scale < 28) return;
      const { x, y, names } = this.scene.places, persons = this.night.people.persons;
      for (let place = 0; place < names.length; place++) {
        if (persons[place]) this._write(g, view, names[place], x[place], y[place], 11, taken, "#444444");
      }
    }
    _write(g, view, text, x, y, size, taken, colour) {
      const px = view.px(x), py = view.py(y) + size + 2;
      if (px < 0 || py < 0 || px > view.width || py > view.height) return;
      g.font = `${size > 13 ? "bold " : ""}${size}px ${Y.FONT}`;
      const w = g.measureText(text).width / 2 + 3, h = size / 2 + 2;
      if (taken.some((b) => Math.abs(b[0] - px) < b[2] + w && Math.abs(b[1] - py) < b[3] + h)) return;
      taken.push([px, py, w, h]);
      g.textAlign = "center";
      g.textBaseline = "middle";
      g.lineWidth = 3;
      g.strokeStyle = "rgba(255,255,255,0.92)";
      g.strokeText(text, px, py);
      g.fillStyle = colour;
      g.fillText(text, px, py);
    }
  }

  Object.assign(Y.KINDS, { "places-over-time": PlacesOverTime, "labels": Labels });
})(window.Yuyan);
