"use strict";
// The strip under the maps: where everybody is over the whole night; click or drag to go there.
(function (Y) {
  const BINS = 360;

  Y.Timeline = class {
    constructor(scene, nights, onSeek) {
      Object.assign(this, { scene, nights, onSeek, horizon: scene.ground.horizon_ms });
      this.box = Y.element("div", "timeline");
      this.canvas = Y.element("canvas");
      this.line = Y.element("div", "timeline-now");
      this.range = Y.element("input", "timeline-range");
      Object.assign(this.range, { type: "range", min: 0, max: this.horizon, step: 60000, value: 0 });
      this.range.setAttribute("aria-label", scene.say("time"));
      this.range.addEventListener("input", () => onSeek(Number(this.range.value)));
      const names = Y.element("div", "timeline-names");
      nights.forEach((night, k) => {
        const text = nights.length > 1 ? scene.say(k ? "right" : "left") : scene.say("whereabouts");
        names.append(Y.element("span", "", text));
      });
      this.strip = Y.element("div", "timeline-strip");
      this.strip.append(this.canvas, this.line, this.range);
      this.box.append(names, this.strip);
      this.curves = nights.map((night) => this._curve(night));
    }
    // Persons by group at evenly spaced moments, played on a clock of its own.
    _curve(night) {
      const people = new Y.People(night.data.people, this.scene.places.x.length);
      return Array.from({ length: BINS + 1 }, (_, k) => {
        people.seek(this.horizon * k / BINS);
        return night.data.counts.map((group) => people.sum(group.codes));
      });
    }
    draw() {
      const width = this.strip.clientWidth, height = this.strip.clientHeight;
      const g = Y.fitCanvas(this.canvas, width, height);
      g.clearRect(0, 0, width, height);
      const each = (height - 14) / this.curves.length;
      this.curves.forEach((curve, n) => this._area(g, curve, this.nights[n], n * each, each - 2, width));
      this._hours(g, width, height);
      this.width = width;
    }
    _area(g, curve, night, top, height, width) {
      const groups = night.data.counts;
      const total = Math.max(1, curve[0].reduce((a, b) => a + b, 0));
      const step = width / BINS;
      curve.forEach((values, k) => {
        let y = top + height;
        // safe ones below, those at home on top
        for (let c = groups.length - 1; c >= 0; c--) {
          const h = values[c] / total * height;
          g.fillStyle = groups[c].colour;
          g.fillRect(k * step, y - h, step + 0.6, h);
          y -= h;
        }
      });
    }
    _hours(g, width, height) {
      const clock = this.scene.clock;
      const every = [1, 2, 3, 6, 12, 24].find((h) => width / (this.horizon / 3600000) * h > 46) || 24;
      g.font = `10px ${Y.FONT}`;
      g.textAlign = "center";
      g.textBaseline = "bottom";
      g.fillStyle = "#333333";
      g.strokeStyle = "rgba(60,60,60,0.35)";
      for (let ms = clock.nextHour(0); ms < this.horizon; ms += 3600000) {
        if (clock.hour(ms) % every) continue;
        const x = ms / this.horizon * width;
        g.beginPath(); g.moveTo(x, 0); g.lineTo(x, height - 13); g.stroke();
        const text = clock.hour(ms) === 0 ? clock.day(ms) : clock.time(ms);
        if (x > 16 && x < width - 16) g.fillText(text, x, height);
      }
      this._marks(g, width, height);
    }
    // Orders, cut-offs and the like, from the data: a line, and its words on hovering.
    _marks(g, width, height) {
      this.nights.forEach((night, n) => {
        const each = (height - 14) / this.nights.length;
        for (const mark of night.data.marks || []) {
          const x = mark.t / this.horizon * width, y = n * each;
          g.fillStyle = "#111111";
          g.fillRect(x - 0.6, y, 1.2, each - 2);
          g.beginPath(); g.moveTo(x - 4, y); g.lineTo(x + 4, y); g.lineTo(x, y + 6); g.fill();
        }
      });
      this.range.title = this.nights.map((night) => (night.data.marks || [])
        .map((mark) => `${this.scene.clock.time(mark.t)} ${mark.label}`).join("\n")).join("\n—\n");
    }
    show(ms) {
      this.line.style.transform = `translateX(${ms / this.horizon * (this.width || 1)}px)`;
      this.range.value = ms;
    }
  };
})(window.Yuyan);
