"use strict";
// One map with one night on it: canvases above each other, title, scale bar, north arrow.
(function (Y) {
  // Drawn apart, shown together: only "live" changes with every frame.
  const SHEETS = ["below", "ground", "slow", "places", "names"];
  const PLACES_EVERY_MS = 120; // real time between two drawings of places while playing

  // What both nights share.
  Y.Scene = class {
    constructor(ground) {
      this.ground = ground;
      this.texts = ground.texts;
      this.lang = ground.lang;
      this.clock = new Y.Clock(ground.clock_start, ground.lang);
      this.lines = new Y.Shapes(ground.map.lines);
      this.ranks = Y.unpack(ground.map.lines.rank);
      this.places = Object.assign({ names: ground.map.places.names },
        Y.unpackAll(ground.map.places, ["x", "y"]));
      this.names = ground.map.names;
      this.homes = Y.unpack(ground.map.homes);
      this.spacing = this._spacing();
    }
    // Distance (dm) to the nearest village that three villages in four have: signs and names are
    // sized by it.
    _spacing() {
      const { x, y } = this.places, { homes } = this, nearest = [];
      const step = Math.max(1, Math.floor(homes.length / 200));
      for (let i = 0; i < homes.length; i += step) {
        let best = Infinity;
        for (const b of homes) {
          const d = Math.hypot(x[homes[i]] - x[b], y[homes[i]] - y[b]);
          if (d > 0 && d < best) best = d;
        }
        if (best < Infinity) nearest.push(best);
      }
      nearest.sort((a, b) => a - b);
      return nearest.length ? nearest[Math.floor(nearest.length * 0.75)] : 10000;
    }
    say(key) { return this.texts[key] || key; }
    word(both) { return both ? both[this.lang] : ""; }
    bounds() {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const { x, y } of [this.lines, this.places]) {
        for (let i = 0; i < x.length; i++) {
          box[0] = Math.min(box[0], x[i]); box[2] = Math.max(box[2], x[i]);
          box[1] = Math.min(box[1], y[i]); box[3] = Math.max(box[3], y[i]);
        }
      }
      return box;
    }
  };

  // One replication, unpacked.
  Y.Night = class {
    constructor(data, scene) {
      this.data = data;
      this.people = new Y.People(data.people, scene.places.x.length);
      this.ways = new Y.Ways(data.ways, scene.lines);
      this.stories = data.stories || {};
    }
  };

  Y.Panel = class {
    constructor(scene, night, view, onPick) {
      Object.assign(this, { scene, night, view, onPick });
      this.box = Y.element("div", "panel");
      this.canvas = {};
      for (const name of [...SHEETS, "still", "live"]) this.canvas[name] = Y.element("canvas", "map-canvas");
      // two sheets on the page: a browser without a graphics card pays for each with every frame
      this.box.append(this.canvas.still, this.canvas.live);
      this.layers = [...scene.ground.layers, ...night.data.layers]
        .map((spec) => new Y.KINDS[spec.kind](spec, scene, night));
      for (const layer of this.layers) layer.visible = true;
      this.movers = this.layers.filter((layer) => layer.live);
      this.stamps = {};
      this.drawnAt = 0;
      this._dressing();
      this._pointer();
    }
    layer(id) { return this.layers.find((layer) => layer.spec.id === id); }

    _dressing() {
      const head = Y.element("div", "panel-head");
      head.append(Y.element("b", "", this.night.data.title), Y.element("span", "panel-sub", this.night.data.subtitle));
      this.stamp = Y.element("div", "stamp", this.scene.say("stamp"));
      this.bar = Y.element("div", "scale-bar");
      this.north = Y.element("div", "north", this.scene.say("north"));
      this.box.append(head, this.stamp, this.bar, this.north);
    }
    _pointer() {
      let from = null, moved = false;
      this.box.addEventListener("pointerdown", (e) => {
        from = [e.clientX, e.clientY];
        moved = false;
        this.box.setPointerCapture(e.pointerId);
      });
      this.box.addEventListener("pointermove", (e) => {
        if (!from) return;
        const dx = e.clientX - from[0], dy = e.clientY - from[1];
        if (!moved && Math.hypot(dx, dy) < 4) return;
        moved = true;
        this.view.pan(dx, dy);
        from = [e.clientX, e.clientY];
      });
      this.box.addEventListener("pointerup", (e) => {
        if (from && !moved) {
          const r = this.box.getBoundingClientRect();
          this._pick(e.clientX - r.left, e.clientY - r.top);
        }
        from = null;
      });
      this.box.addEventListener("wheel", (e) => {
        e.preventDefault();
        const r = this.box.getBoundingClientRect();
        this.view.zoom(e.clientX - r.left, e.clientY - r.top, Math.exp(-e.deltaY / 400));
      }, { passive: false });
    }
    _pick(px, py) {
      for (const layer of this.layers.slice().reverse()) {
        if (!layer.visible || !layer.hit) continue;
        const found = layer.hit(px, py);
        if (found >= 0) return this.onPick(this, layer, found);
      }
      this.onPick(this, null, -1);
    }

    // Draw what has changed since the last time; `settled` when nothing is playing.
    draw(ms, real, settled) {
      const { view } = this;
      this.night.people.seek(ms);
      const late = settled || real - this.drawnAt > PLACES_EVERY_MS || this.version !== view.version;
      let changed = false;
      for (const name of SHEETS) {
        if (name === "places" && !late) continue;
        const layers = this._shown(name);
        const stamp = view.version + "|" + layers.map((l) => l.spec.id + l.stamp(ms)).join();
        if (stamp === this.stamps[name]) continue;
        if (name === "places") this.drawnAt = real;
        this._paint(name, layers, ms);
        this.stamps[name] = stamp;
        changed = true;
      }
      if (changed) this._lay();
      this._paint("live", this._shown("live"), ms);
      if (this.version !== view.version) this._scale();
      this.version = view.version;
    }
    _shown(name) { return this.layers.filter((l) => l.canvas === name && l.visible); }
    _paint(name, layers, ms) {
      const { view } = this, g = Y.fitCanvas(this.canvas[name], view.width, view.height);
      g.clearRect(0, 0, view.width, view.height);
      for (const layer of layers) layer.draw(g, view, ms);
    }
    // Lay the sheets on one another.
    _lay() {
      const { view } = this, g = Y.fitCanvas(this.canvas.still, view.width, view.height);
      g.clearRect(0, 0, view.width, view.height);
      for (const name of SHEETS) {
        if (this.canvas[name].width > 1) g.drawImage(this.canvas[name], 0, 0, view.width, view.height);
      }
    }
    _scale() {
      const { metres, px } = this.view.bar();
      this.bar.style.width = px + "px";
      this.bar.textContent = metres >= 1000 ? metres / 1000 + " km" : metres + " m";
    }
    redraw() { this.stamps = {}; }
  };
})(window.Yuyan);
