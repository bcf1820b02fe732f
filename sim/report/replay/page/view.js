"use strict";
// What part of the map is seen: shared by all panels, so two variants show the same place.
(function (Y) {
  Y.View = class {
    constructor(bounds) {
      this.bounds = bounds; // [x0, y0, x1, y1] in dm
      this.width = this.height = 1;
      this.version = 0;
      this.fitted = true;
      this.fit();
    }
    resize(width, height) {
      if (width === this.width && height === this.height) return;
      const cx = this.x0 + this.width / this.scale / 2, cy = this.y0 + this.height / this.scale / 2;
      this.width = width;
      this.height = height;
      if (this.fitted) this.fit();
      else { this.x0 = cx - width / this.scale / 2; this.y0 = cy - height / this.scale / 2; }
      this.version++;
    }
    fit() {
      const [x0, y0, x1, y1] = this.bounds, pad = 0.9;
      this.scale = pad * Math.min(this.width / Math.max(1, x1 - x0), this.height / Math.max(1, y1 - y0));
      this.x0 = (x0 + x1) / 2 - this.width / this.scale / 2;
      this.y0 = (y0 + y1) / 2 - this.height / this.scale / 2;
      this.smallest = this.scale / 1.5;
      this.fitted = true;
      this.version++;
    }
    px(x) { return (x - this.x0) * this.scale; }
    py(y) { return this.height - (y - this.y0) * this.scale; }
    zoom(px, py, factor) {
      const scale = Math.min(2, Math.max(this.smallest, this.scale * factor));
      const x = this.x0 + px / this.scale, y = this.y0 + (this.height - py) / this.scale;
      this.scale = scale;
      this.x0 = x - px / scale;
      this.y0 = y - (this.height - py) / scale;
      this.fitted = false;
      this.version++;
    }
    pan(dx, dy) {
      this.x0 -= dx / this.scale;
      this.y0 += dy / this.scale;
      this.fitted = false;
      this.version++;
    }
    // Bring a point into the middle, near enough to see its surroundings.
    show(x, y) {
      this.scale = Math.max(this.scale, 0.012);
      this.x0 = x - this.width / this.scale / 2;
      this.y0 = y - this.height / this.scale / 2;
      this.fitted = false;
      this.version++;
    }
    // Pixels per kilometre: what is worth drawing depends on it.
    get pxPerKm() { return this.scale * 10000; }
    sees(x0, y0, x1, y1) {
      return x1 >= this.x0 && y1 >= this.y0 &&
        x0 <= this.x0 + this.width / this.scale && y0 <= this.y0 + this.height / this.scale;
    }
    // A round length for the scale bar: metres and pixels.
    bar() {
      const metres = 110 / this.scale / 10;
      const power = Math.pow(10, Math.floor(Math.log10(metres)));
      const round = [5, 2, 1].find((k) => k * power <= metres) * power;
      return { metres: round, px: round * 10 * this.scale };
    }
  };
})(window.Yuyan);
