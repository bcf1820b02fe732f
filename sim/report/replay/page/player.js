"use strict";
// The whole page: one clock, one or two maps, controls, legend, cards and the Gantt below.
(function (Y) {
  const SPEEDS = [1, 5, 10, 20, 60];
  const LEAD_MS = 10 * 60000;

  Y.Player = class {
    constructor(root, data) {
      this.root = root;
      this.scene = new Y.Scene(data.ground);
      this.view = new Y.View(this.scene.bounds());
      this.nights = data.nights.map((night) => new Y.Night(night, this.scene));
      this.horizon = data.ground.horizon_ms;
      this.speed = 10;
      this.playing = false;
      this.frames = [];
      this._build();
      this.ms = data.start_ms ?? this._firstMove();
      this.last = performance.now();
      this.watch = new ResizeObserver(() => this._resize());
      this.watch.observe(root);
      this._resize();
      this._loop = this._loop.bind(this);
      this.frame = requestAnimationFrame(this._loop);
    }
    stop() {
      cancelAnimationFrame(this.frame);
      this.watch.disconnect();
    }
    _firstMove() {
      const first = Math.min(...this.nights.map((n) => (n.people.t.length ? n.people.t[0] : 0)));
      return Math.max(0, first - LEAD_MS);
    }

    _build() {
      const { scene } = this, pick = (...found) => this.pick(...found), seek = (ms) => this.seek(ms);
      this.root.classList.add("yuyan-replay");
      this.panels = this.nights.map((night) => new Y.Panel(scene, night, this.view, pick));
      this.maps = Y.element("div", "maps");
      this.maps.append(...this.panels.map((panel) => panel.box));
      this.info = new Y.Info(scene, seek, () => this.pick(null, null, -1));
      this.counts = new Y.Counts(scene, this.panels);
      const legend = new Y.Legend(scene, this.panels, () => this._layersChanged());
      this.side = Y.element("div", "side");
      this.side.append(this.counts.box, legend.box);
      const middle = Y.element("div", "middle");
      middle.append(this.side, this.maps, this.info.box);
      this.timeline = new Y.Timeline(scene, this.nights, seek);
      this.gantt = new Y.Gantt(scene, pick, seek);
      this.below = Y.element("div", "gantt-frame");
      this.below.append(this._ganttHead(), this.gantt.box);
      this.root.replaceChildren(this._bar(), this.timeline.box, middle, this.below);
      this.gantt.of(this.panels[0]);
      this.root.tabIndex = 0;
      this.root.onkeydown = (e) => this._key(e); // one player at a time in a root
    }
    _bar() {
      const { scene } = this, bar = Y.element("div", "bar");
      this.playButton = Y.button("play", "▶ " + scene.say("play"), scene.say("play"), () => this.toggle());
      const start = Y.button("", "|◀", scene.say("start"), () => this.seek(this._firstMove()));
      this.clock = Y.element("span", "clock");
      const speed = Y.element("select", "speed");
      for (const value of SPEEDS) {
        const option = Y.element("option", "", `${value} ${scene.say("speed.unit")}`);
        option.value = value;
        option.selected = value === this.speed;
        speed.append(option);
      }
      speed.title = scene.say("speed");
      speed.addEventListener("change", () => { this.speed = Number(speed.value); });
      const fit = Y.button("", scene.say("fit"), scene.say("fit"), () => this.view.fit());
      const side = Y.button("", scene.say("layers"), scene.say("layers"), () => {
        this.side.classList.toggle("hidden");
        this._resize();
      });
      const whole = Y.button("", scene.say("fullscreen"), scene.say("fullscreen"), () => {
        if (document.fullscreenElement) document.exitFullscreen(); else this.root.requestFullscreen();
      });
      bar.append(this.playButton, start, this.clock, speed, fit, side, whole,
        Y.element("span", "hint", scene.say("hint")));
      return bar;
    }
    _ganttHead() {
      const head = Y.element("div", "gantt-head");
      const fold = Y.button("fold", this.scene.say("gantt.hide"), this.scene.say("gantt"), () => {
        const folded = this.below.classList.toggle("folded");
        fold.textContent = this.scene.say(folded ? "gantt.show" : "gantt.hide");
        this._resize();
      });
      head.append(fold, Y.element("b", "", this.scene.say("gantt")));
      if (this.panels.length > 1) {
        ["left", "right"].forEach((side, k) => head.append(Y.button("fold", this.scene.say(side),
          this.panels[k].night.data.title, () => this.gantt.of(this.panels[k]))));
      }
      const seen = new Set();
      for (const layer of this.panels[0].movers) {
        for (const group of layer.spec.groups) {
          const text = this.scene.word(group.label);
          if (seen.has(text)) continue;
          seen.add(text);
          const chip = Y.element("i", "chip");
          chip.style.background = group.colour;
          const item = Y.element("span", "gantt-key");
          item.append(chip, text);
          head.append(item);
        }
      }
      return head;
    }
    _key(e) {
      // buttons, the strip and the list of speeds have keys of their own
      if (["SELECT", "BUTTON", "INPUT"].includes(e.target.tagName)) return;
      if (e.key === " ") { e.preventDefault(); this.toggle(); }
      if (e.key === "ArrowRight") this.seek(this.ms + 5 * 60000);
      if (e.key === "ArrowLeft") this.seek(this.ms - 5 * 60000);
    }
    pick(panel, layer, row) {
      for (const p of this.panels) for (const l of p.movers) l.selected = -1;
      if (layer && layer.live) {
        for (const p of this.panels) for (const l of p.movers) if (l.spec.id === layer.spec.id) l.selected = row;
      }
      if (layer) this.info.tell(panel, layer, row); else this.info.hide();
      if (panel && this.gantt.panel !== panel) this.gantt.of(panel); else this.gantt.draw();
      this.touched = true;
    }
    _layersChanged() {
      for (const panel of this.panels) panel.redraw();
      this.touched = true;
    }
    _resize() {
      const box = this.panels[0].box;
      this.view.resize(box.clientWidth, box.clientHeight);
      // the strip and the Gantt share one scale of time
      this.timeline.box.style.paddingRight = this.gantt.scrollbar + "px";
      this.timeline.draw();
      this.gantt.draw();
      this.touched = true;
    }

    toggle() {
      if (!this.playing && this.ms >= this.horizon) this.ms = this._firstMove();
      this.playing = !this.playing;
      const key = this.playing ? "pause" : "play";
      this.playButton.textContent = (this.playing ? "❚❚ " : "▶ ") + this.scene.say(key);
      this.touched = true;
    }
    // Go to a moment (ms from the start of the scenario's clock).
    seek(ms) {
      this.ms = Math.min(this.horizon, Math.max(0, Math.round(ms)));
      this.touched = true;
    }
    _loop(real) {
      const passed = Math.min(250, real - this.last);
      this.last = real;
      if (this.playing) {
        this.ms = Math.min(this.horizon, this.ms + passed * this.speed * 60);
        if (this.ms >= this.horizon) this.toggle();
        this.frames.push(real);
        if (this.frames.length > 120) this.frames.shift();
      }
      if (this.playing || this.touched || this.version !== this.view.version) this._draw(real);
      this.frame = requestAnimationFrame(this._loop);
    }
    _draw(real) {
      const settled = !this.playing || this.touched;
      this.touched = false;
      this.version = this.view.version;
      const ms = Math.floor(this.ms);
      for (const panel of this.panels) panel.draw(ms, real, settled);
      this.counts.show(ms, real, settled);
      this.clock.textContent = this.scene.clock.text(ms);
      this.clock.dataset.ms = ms;
      this.timeline.show(ms);
      this.gantt.show(ms);
      this.info.show(ms);
    }
    // Frames per second over the last frames that were played.
    get fps() {
      const f = this.frames;
      return f.length < 2 ? 0 : 1000 * (f.length - 1) / (f[f.length - 1] - f[0]);
    }
    // The longest of them in milliseconds.
    get longestFrame() {
      return this.frames.reduce((most, at, k, all) => (k ? Math.max(most, at - all[k - 1]) : most), 0);
    }
  };

  Y.mount = function (root, data) {
    if (Y.player) Y.player.stop();
    Y.player = new Y.Player(root, data);
    return Y.player;
  };
})(window.Yuyan);
