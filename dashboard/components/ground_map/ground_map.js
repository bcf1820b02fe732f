"use strict";
// Roads, places and water of a scenario; clicks draw an area. Names come from planners' files, so
// text is only ever set as textContent. Asks nobody: all data come from the page around it.
(function () {
  const LOOK = {
    settlements: ["#1f5fa8", 2.6], shelters: ["#14713f", 5], assembly_points: ["#c96f12", 3],
    exits: ["#4a1d52", 5.5], depots: ["#b3261e", 4.5],
  };
  const MARKS = { // how places are set off: shape, size, filling, edge
    post: ["square", 4, "#ffffff", "#5b6773"], own: ["ring", 9, "", "#1f5fa8"],
    chosen: ["disc", 9, "#b3261e", "#ffffff"], open: ["disc", 8, "#14713f", "#ffffff"],
    shut: ["square", 4, "#ffffff", "#14713f"], lack: ["disc", 5, "#b3261e", "#ffffff"],
  };
  const LIT = "#d9480f";
  const ROADS = [["#6b7480", 2], ["#98a2ae", 1.3], ["#c9d0d8", 0.8]];
  const NEAR_PX = 9;
  const canvas = document.getElementById("map"), pen = canvas.getContext("2d");
  const tip = document.getElementById("tip");
  let args = null, view = null, ring = [], shown = null, queued = false, pressed = null;

  function send(type, more) {
    window.parent.postMessage(Object.assign({ isStreamlitMessage: true, type }, more), "*");
  }
  function tell() {
    send("streamlit:setComponentValue", { value: { id: args.id, ring }, dataType: "json" });
  }
  function later() {
    if (view && !queued) { queued = true; requestAnimationFrame(() => { queued = false; draw(); }); }
  }

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    const box = canvas.getBoundingClientRect();
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
    view.resize(box.width, box.height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, box.width, box.height);
    water(args.data.water);
    roads(args.data.roads);
    for (const name of Object.keys(LOOK)) places(args.data.layers[name], LOOK[name]);
    lit(args.data.lit);
    for (const layer of args.data.marks || []) marks(layer);
    for (const arrow of args.data.arrows || []) point(arrow);
    outline();
    document.body.dataset.drawn = String(ring.length);
  }
  function water(cells) {
    if (!cells.x) return;
    const side = cells.side * view.scale + 0.6;
    for (let i = 0; i < cells.x.length; i++) {
      const deep = Math.min(1, cells.cm[i] / 300);
      pen.fillStyle = "rgba(70,130,200," + (0.16 + 0.34 * deep).toFixed(2) + ")";
      pen.fillRect(view.px(cells.x[i] * cells.side), view.py((cells.y[i] + 1) * cells.side), side, side);
    }
  }
  function roads(lines) {
    for (let rank = 2; rank >= 0; rank--) {
      pen.beginPath();
      [pen.strokeStyle, pen.lineWidth] = ROADS[rank];
      for (let k = 0; k + 1 < lines.start.length; k++) {
        if (lines.rank[k] !== rank) continue;
        for (let i = lines.start[k]; i < lines.start[k + 1]; i++) {
          const x = view.px(lines.x[i]), y = view.py(lines.y[i]);
          if (i === lines.start[k]) pen.moveTo(x, y); else pen.lineTo(x, y);
        }
      }
      pen.stroke();
    }
  }
  function places(layer, [colour, size]) {
    pen.fillStyle = colour;
    pen.strokeStyle = "#ffffff";
    pen.lineWidth = 1;
    for (let i = 0; i < layer.x.length; i++) {
      pen.beginPath();
      pen.arc(view.px(layer.x[i]), view.py(layer.y[i]), size, 0, 7);
      pen.fill();
      pen.stroke();
    }
  }
  function lit(found) {
    if (!found) return;
    const lines = args.data.roads;
    pen.beginPath();
    [pen.strokeStyle, pen.lineWidth] = [LIT, 4];
    for (const k of found.lines) {
      for (let i = lines.start[k]; i < lines.start[k + 1]; i++) {
        const x = view.px(lines.x[i]), y = view.py(lines.y[i]);
        if (i === lines.start[k]) pen.moveTo(x, y); else pen.lineTo(x, y);
      }
    }
    pen.stroke();
  }
  function marks(layer) {
    const [shape, size, fill, edge] = MARKS[layer.look];
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = "bold 11px sans-serif";
    for (let i = 0; i < layer.x.length; i++) {
      const x = view.px(layer.x[i]), y = view.py(layer.y[i]);
      pen.beginPath();
      if (shape === "square") pen.rect(x - size, y - size, 2 * size, 2 * size);
      else pen.arc(x, y, size, 0, 7);
      if (fill) { pen.fillStyle = fill; pen.fill(); }
      pen.strokeStyle = edge;
      pen.lineWidth = shape === "ring" ? 2.5 : 1.2;
      pen.stroke();
      if (layer.tags[i] && shape === "disc") {
        pen.fillStyle = "#ffffff";
        pen.fillText(layer.tags[i], x, y + 0.5);
      }
    }
  }
  function point([x1, y1, x2, y2]) { // from edge to edge of the two marks
    const ax = view.px(x1), ay = view.py(y1), bx = view.px(x2), by = view.py(y2);
    const long = Math.hypot(bx - ax, by - ay);
    if (long < 24) return;
    const ux = (bx - ax) / long, uy = (by - ay) / long;
    const tx = bx - 10 * ux, ty = by - 10 * uy;
    pen.strokeStyle = pen.fillStyle = "#b3261e";
    pen.lineWidth = 1.6;
    pen.beginPath();
    pen.moveTo(ax + 9 * ux, ay + 9 * uy);
    pen.lineTo(tx, ty);
    pen.stroke();
    pen.beginPath();
    pen.moveTo(tx, ty);
    pen.lineTo(tx - 8 * ux - 4 * uy, ty - 8 * uy + 4 * ux);
    pen.lineTo(tx - 8 * ux + 4 * uy, ty - 8 * uy - 4 * ux);
    pen.fill();
  }
  function outline() {
    if (!ring.length) return;
    pen.beginPath();
    ring.forEach(([x, y], i) => (i ? pen.lineTo : pen.moveTo).call(pen, view.px(x), view.py(y)));
    pen.closePath();
    pen.fillStyle = "rgba(179,38,30,.13)";
    pen.fill();
    pen.strokeStyle = "#b3261e";
    pen.lineWidth = 2;
    pen.stroke();
    pen.fillStyle = "#b3261e";
    for (const [x, y] of ring) pen.fillRect(view.px(x) - 3, view.py(y) - 3, 6, 6);
  }

  function button(bar, words, act, off) {
    const made = document.createElement("button");
    made.textContent = words;
    made.disabled = Boolean(off);
    made.onclick = act;
    bar.append(made);
  }
  function dress() {
    const bar = document.getElementById("bar"), legend = document.getElementById("legend");
    const middle = (factor) => () => { view.zoom(view.width / 2, view.height / 2, factor); later(); };
    bar.replaceChildren();
    legend.replaceChildren();
    button(bar, "+", middle(1.5));
    button(bar, "−", middle(1 / 1.5));
    button(bar, args.words.whole, () => { view.fit(); later(); });
    if (args.drawing) {
      button(bar, args.words.undo, () => change(ring.slice(0, -1)), !ring.length);
      button(bar, args.words.clear, () => change([]), !ring.length);
    }
    const hint = document.createElement("span");
    hint.textContent = args.drawing ? args.words.hint : args.words.look;
    bar.append(hint);
    for (const name of Object.keys(LOOK)) {
      if (!args.data.layers[name].x.length) continue;
      key(legend, LOOK[name][0], args.words[name] + " " + args.data.layers[name].x.length);
    }
    if (args.data.water.x) key(legend, "#7fb0dd", args.words.water);
    for (const layer of args.data.marks || []) {
      const [shape, , fill, edge] = MARKS[layer.look];
      if (layer.x.length) key(legend, fill, layer.words, fill === "#ffffff" || !fill ? edge : "", shape);
    }
    if (args.data.lit && args.data.lit.lines.length) key(legend, LIT, args.data.lit.words);
    canvas.classList.toggle("drawing", args.drawing);
  }
  function key(legend, colour, words, edge, shape) {
    const item = document.createElement("span"), mark = document.createElement("i");
    mark.style.background = colour;
    if (edge) mark.style.border = "2px solid " + edge;
    if (shape === "disc" || shape === "ring") mark.style.borderRadius = "50%";
    item.append(mark, words);
    legend.append(item);
  }
  function change(next) {
    ring = next;
    dress();
    later();
    tell();
  }

  function hover(px, py) {
    let best = null, gap = NEAR_PX;
    for (const layer of args.data.marks || []) {
      for (let i = 0; i < layer.x.length; i++) {
        const away = Math.hypot(view.px(layer.x[i]) - px, view.py(layer.y[i]) - py);
        if (away < gap) { gap = away; best = layer.names[i] + " · " + layer.words; }
      }
    }
    if (best) return say(best, px, py);
    for (const name of Object.keys(LOOK)) {
      const layer = args.data.layers[name];
      for (let i = 0; i < layer.x.length; i++) {
        const away = Math.hypot(view.px(layer.x[i]) - px, view.py(layer.y[i]) - py);
        if (away < gap) { gap = away; best = [layer.names[i], layer.people[i], name]; }
      }
    }
    say(best && best[0] + " · " + args.words[best[2]] + (best[1] ? " · " + best[1] : ""), px, py);
  }
  function say(words, px, py) {
    tip.style.display = words ? "block" : "none";
    if (!words) return;
    tip.textContent = words;
    tip.style.left = Math.min(px + 12, view.width - tip.offsetWidth - 4) + "px";
    tip.style.top = Math.max(2, py - 26) + "px";
  }
  const spot = (event) => [event.offsetX, event.offsetY];
  canvas.onpointerdown = (event) => {
    pressed = { at: spot(event), moved: 0 };
    canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => {
    if (!view) return;
    const [px, py] = spot(event);
    if (!pressed) return hover(px, py);
    view.pan(px - pressed.at[0], py - pressed.at[1]);
    pressed.moved += Math.abs(px - pressed.at[0]) + Math.abs(py - pressed.at[1]);
    pressed.at = [px, py];
    later();
  };
  canvas.onpointerup = (event) => {
    const still = pressed && pressed.moved < 4;
    pressed = null;
    if (still && args.drawing) change([...ring, view.at(...spot(event)).map((m) => Math.round(m))]);
  };
  canvas.onpointerleave = () => { tip.style.display = "none"; };
  canvas.onwheel = (event) => {
    event.preventDefault();
    if (!view) return;
    view.zoom(...spot(event), event.deltaY < 0 ? 1.2 : 1 / 1.2);
    later();
  };
  window.addEventListener("resize", later);

  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.data.type !== "streamlit:render") return;
    args = event.data.args;
    document.getElementById("frame").style.height = args.height - 62 + "px";
    send("streamlit:setFrameHeight", { height: args.height });
    if (args.id !== shown) { // another map, or the same after a reload
      shown = args.id;
      view = new window.GroundView(args.data.size);
      ring = args.ring;
    }
    if (!args.drawing) ring = args.ring;
    dress();
    later();
  });
  send("streamlit:componentReady", { apiVersion: 1 });
})();
