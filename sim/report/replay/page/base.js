"use strict";
// Common ground of the page: arrays, clock, elements. Names come from planners' files, so text is
// only ever set as textContent.
window.Yuyan = {};
(function (Y) {
  const TYPES = {
    u8: Uint8Array, u16: Uint16Array, u32: Uint32Array,
    i16: Int16Array, i32: Int32Array, f32: Float32Array,
  };

  // A packed column as a typed array.
  Y.unpack = function (packed) {
    const raw = atob(packed.data);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return new TYPES[packed.type](bytes.buffer);
  };

  // Every column of a table.
  Y.unpackAll = function (table, names) {
    const out = {};
    for (const name of names) out[name] = Y.unpack(table[name]);
    return out;
  };

  // First row in [low, high) whose value is greater than `value`; high if none.
  Y.after = function (column, low, high, value) {
    while (low < high) {
      const middle = (low + high) >> 1;
      if (column[middle] > value) high = middle; else low = middle + 1;
    }
    return low;
  };

  const two = (n) => String(n).padStart(2, "0");

  // Clock of the scenario: local time without zones, so it is counted in UTC throughout.
  Y.Clock = class {
    constructor(iso, lang) {
      this.lang = lang;
      const [y, mo, d, h, mi, s] = iso.split(/[-T:]/).map(Number);
      this.start = Date.UTC(y, mo - 1, d, h, mi, s || 0);
    }
    text(ms) {
      const d = new Date(this.start + ms);
      const month = d.getUTCMonth() + 1, day = d.getUTCDate();
      return (this.lang === "zh" ? `${month}月${day}日 ` : `${two(month)}-${two(day)} `) + this.time(ms);
    }
    time(ms) {
      const d = new Date(this.start + ms);
      return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
    }
    // Milliseconds from the start to the next full hour at or after `ms`.
    nextHour(ms) {
      const at = this.start + ms;
      return Math.ceil(at / 3600000) * 3600000 - this.start;
    }
    hour(ms) { return new Date(this.start + ms).getUTCHours(); }
    day(ms) {
      const d = new Date(this.start + ms);
      return `${d.getUTCMonth() + 1}/${d.getUTCDate()}`;
    }
  };

  // An element with a class and a text.
  Y.element = function (tag, name, text) {
    const e = document.createElement(tag);
    if (name) e.className = name;
    if (text !== undefined) e.textContent = String(text);
    return e;
  };

  Y.button = function (name, text, title, action) {
    const b = Y.element("button", name, text);
    b.type = "button";
    b.title = title;
    b.addEventListener("click", action);
    return b;
  };

  // A canvas made as large as its box, sharp on dense screens; returns its context.
  Y.fitCanvas = function (canvas, width, height) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const w = Math.max(1, Math.round(width * ratio)), h = Math.max(1, Math.round(height * ratio));
    if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
    const g = canvas.getContext("2d");
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    return g;
  };

  Y.FONT = '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC","SimHei",sans-serif';
})(window.Yuyan);
