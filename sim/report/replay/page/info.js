"use strict";
// The card of whatever was clicked: a village's story, a shelter, a vehicle's trips.
(function (Y) {
  Y.Info = class {
    constructor(scene, onSeek, onClose) {
      Object.assign(this, { scene, onSeek });
      this.box = Y.element("div", "info hidden");
      this.title = Y.element("b", "info-title");
      this.now = Y.element("div", "info-now");
      this.body = Y.element("div", "info-body");
      const head = Y.element("div", "info-head");
      head.append(this.title, Y.button("info-close", "×", scene.say("close"), onClose));
      this.box.append(head, this.now, this.body);
    }
    hide() { this.box.classList.add("hidden"); this.update = null; }
    // Tell of a place or a mover of a panel.
    tell(panel, layer, row) {
      this.body.replaceChildren();
      this.box.classList.remove("hidden");
      this.box.dataset.of = layer.spec.id;
      if (layer.live) this._mover(panel, layer, row);
      else this._place(panel, layer, row);
    }
    _place(panel, layer, place) {
      const { scene } = this, people = panel.night.people;
      this.title.textContent = layer.points.names[place];
      if (layer.spec.points) {
        this.update = (ms) => {
          const c = layer.series.at(place, ms);
          const label = c ? scene.word(layer.spec.classes[c - 1].label) : "—";
          this.now.textContent = `${scene.say("now")}：${label}`;
        };
        if (layer.spec.stories) this.body.append(this._story(layer.spec.stories[place]));
        return;
      }
      const home = people.persons[place] > 0;
      this.update = () => {
        const parts = panel.night.data.counts
          .map((group) => [group, home ? people.sumOf(place, group.codes) : people.sumAt(place, group.codes)])
          .filter(([, n]) => n)
          .map(([group, n]) => `${scene.word(group.label)} ${n}`);
        let text = scene.say("now") + "：" + (parts.join("，") || "0");
        if (home) text = `${scene.say("of")} ${people.persons[place]} ${scene.say("persons")}；` + text;
        const i = layer.capacity ? Array.prototype.indexOf.call(layer.rows, place) : -1;
        if (i >= 0) text = `${scene.say("capacity")} ${layer.capacity[i]}；` + text;
        this.now.textContent = text;
      };
      const story = panel.night.stories[place];
      if (story) this.body.append(this._story(story));
    }
    _story(lines) {
      const table = Y.element("table", "story");
      for (const [ms, text, mark] of lines) {
        const row = Y.element("tr", mark ? "marked" : "");
        const when = Y.element("td", "story-time", ms >= 0 ? this.scene.clock.time(ms) : "");
        row.append(when, Y.element("td", "", text));
        if (ms >= 0) row.addEventListener("click", () => this.onSeek(ms));
        table.append(row);
      }
      return table;
    }
    _mover(panel, layer, m) {
      const { scene } = this;
      const kind = scene.word(layer.spec.classes[layer.klass[m]].label);
      const seats = layer.seats[m] ? `（${layer.seats[m]} ${scene.say("seats")}）` : "";
      this.title.textContent = `${kind} ${layer.spec.names[m]}${seats}`;
      this.update = (ms) => {
        const i = layer.segment(m, ms);
        const group = i < 0 ? null : layer.spec.groups[layer.groupOf[layer.status[i]]];
        const label = group ? scene.word(group.label) : scene.word(layer.spec.none);
        const load = i < 0 ? 0 : layer.load[i];
        this.now.textContent = `${scene.say("now")}：${label}${load ? `，${load} ${scene.say("persons")}` : ""}`;
      };
      if (layer.spec.rounds) this.body.append(this._trips(layer, m));
    }
    _trips(layer, m) {
      const { scene } = this, names = scene.places.names;
      layer.rounds = layer.rounds || Y.unpackAll(layer.spec.rounds, Object.keys(layer.spec.rounds));
      const table = Y.element("table", "trips"), head = Y.element("tr");
      for (const column of layer.spec.columns) head.append(Y.element("th", "", scene.word(column.label)));
      table.append(head);
      for (let r = layer.rounds.first[m]; r < layer.rounds.first[m + 1]; r++) {
        const row = Y.element("tr");
        for (const { name: key } of layer.spec.columns) {
          const value = layer.rounds[key][r];
          const text = value < 0 ? "—" : key === "persons" ? value
            : key === "pickup" || key === "shelter" ? names[value] : scene.clock.time(value);
          row.append(Y.element("td", "", text));
        }
        row.addEventListener("click", () => this.onSeek(layer.rounds.start[r]));
        table.append(row);
      }
      return table;
    }
    show(ms) { if (this.update) this.update(ms); }
  };
})(window.Yuyan);
