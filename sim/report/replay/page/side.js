"use strict";
// Beside the maps: how many people and vehicles are where, and which layers are drawn.
(function (Y) {
  const COUNT_EVERY_MS = 200; // real time between two countings while playing

  // The same records as the measures, counted at the moment shown; a column for every map.
  Y.Counts = class {
    constructor(scene, panels) {
      Object.assign(this, { panels, shown: 0 });
      this.box = Y.element("div", "counts");
      const { counts } = panels[0].night.data;
      this.people = this._group(scene, scene.say("people"), counts, "people");
      // no boats in the list of a night in which nobody was in one, in any of the maps
      this.people.forEach(([row], r) => {
        row.hidden = !panels.some((p) => p.night.data.counts[r].occurs);
      });
      this.fleets = panels[0].movers.map((layer) => {
        const none = { key: "none", label: layer.spec.none, colour: "#ffffff" };
        return this._group(scene, scene.word(layer.spec.label), [...layer.spec.groups, none], layer.spec.id);
      });
    }
    _group(scene, title, groups, id) {
      const table = Y.element("table", "count-table count-" + (id === "people" ? "people" : "fleet"));
      const head = Y.element("tr");
      head.append(Y.element("th", "count-title", title));
      if (this.panels.length > 1) {
        for (const side of ["left", "right"]) head.append(Y.element("th", "count-side", scene.say(side)));
      }
      table.append(head);
      const rows = groups.map((group) => {
        const row = Y.element("tr"), chip = Y.element("i", "chip"), name = Y.element("td", "count-name");
        chip.style.background = group.colour;
        name.append(chip, scene.word(group.label));
        row.append(name);
        const cells = this.panels.map((_, k) => {
          const cell = Y.element("td", "count-value", "0");
          cell.dataset.count = `${k}/${id}/${group.key}`;
          row.append(cell);
          return cell;
        });
        table.append(row);
        return [row, cells];
      });
      this.box.append(table);
      return rows;
    }
    show(ms, real, settled) {
      if (!settled && real - this.shown < COUNT_EVERY_MS) return;
      this.shown = real;
      const { counts } = this.panels[0].night.data;
      this._write(this.people, this.panels.map((p) => counts.map((group) => p.night.people.sum(group.codes))));
      this.fleets.forEach((rows, f) => this._write(rows, this.panels.map((p) => p.movers[f].byGroup(ms))));
    }
    _write(rows, columns) {
      rows.forEach(([row, cells], r) => {
        cells.forEach((cell, k) => {
          const text = String(columns[k][r]);
          if (cell.textContent !== text) cell.textContent = text;
        });
        row.classList.toggle("zero", columns.every((column) => column[r] === 0));
      });
    }
  };

  // Which layers are drawn, and what the signs mean.
  Y.Legend = class {
    constructor(scene, panels, changed) {
      Object.assign(this, { scene, panels, changed });
      this.box = Y.element("div", "legend");
      const seen = new Set();
      for (const layer of panels.flatMap((p) => p.layers)) {
        if (seen.has(layer.spec.id)) continue;
        seen.add(layer.spec.id);
        this.box.append(this._entry(layer.spec));
      }
    }
    _entry(spec) {
      const entry = Y.element("div", "legend-entry"), label = Y.element("label");
      const check = Y.element("input");
      check.type = "checkbox";
      check.checked = true;
      check.addEventListener("change", () => {
        for (const p of this.panels) for (const l of p.layers) if (l.spec.id === spec.id) l.visible = check.checked;
        this.changed();
      });
      label.append(check, this.scene.word(spec.label));
      entry.append(label);
      // the colours of people stand with their numbers above
      for (const item of spec.classes || []) entry.append(this._item(spec, item));
      if (spec.note) entry.append(Y.element("div", "legend-note", this.scene.word(spec.note)));
      return entry;
    }
    _item(spec, item) {
      const line = Y.element("div", "legend-item");
      const line_like = spec.kind === "edges-over-time" || (spec.kind === "polygons" && !spec.closed);
      const chip = Y.element("i", line_like ? "chip chip-line" : spec.kind === "movers" ? "chip chip-mover" : "chip");
      if (line_like) chip.style.borderTop = `${Math.max(2, item.width)}px ${item.dash ? "dashed" : "solid"} ${item.colour}`;
      else if (spec.kind === "movers") chip.style.borderColor = item.colour;
      else chip.style.background = item.colour;
      line.append(chip, this.scene.word(item.label));
      return line;
    }
  };
})(window.Yuyan);
