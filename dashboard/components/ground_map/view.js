"use strict";
// What part of the map is seen. Positions are metres east and north of the corner.
window.GroundView = class {
  constructor(size) {
    this.size = size;
    this.width = this.height = 1;
    this.touched = false;
  }
  resize(width, height) {
    this.width = width;
    this.height = height;
    if (!this.touched) this.fit();
  }
  fit() {
    const [w, h] = this.size.map((metres) => Math.max(1, metres));
    this.scale = 0.94 * Math.min(this.width / w, this.height / h);
    this.x0 = w / 2 - this.width / this.scale / 2;
    this.y0 = h / 2 - this.height / this.scale / 2;
    this.touched = false;
  }
  px(x) { return (x - this.x0) * this.scale; }
  py(y) { return this.height - (y - this.y0) * this.scale; }
  at(px, py) { return [this.x0 + px / this.scale, this.y0 + (this.height - py) / this.scale]; }
  zoom(px, py, factor) {
    const [x, y] = this.at(px, py);
    this.scale = Math.min(4, Math.max(this.scale * factor, 1e-4));
    this.x0 = x - px / this.scale;
    this.y0 = y - (this.height - py) / this.scale;
    this.touched = true;
  }
  pan(dx, dy) {
    this.x0 -= dx / this.scale;
    this.y0 += dy / this.scale;
    this.touched = true;
  }
};
