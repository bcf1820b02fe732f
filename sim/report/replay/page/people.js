"use strict";
// Who is where: plays the state records of the log up to a moment and keeps counts.
(function (Y) {
  const STATES = 16;

  Y.People = class {
    constructor(data, nPlaces) {
      Object.assign(this, Y.unpackAll(data, ["home", "size", "t", "who", "place", "state"]));
      this.nPlaces = nPlaces;
      this.now = new Uint8Array(this.home.length);
      this.at = new Int32Array(this.home.length);
      this.total = new Int32Array(STATES);
      this.atPlace = new Int32Array(nPlaces * STATES);
      this.ofHome = new Int32Array(nPlaces * STATES);
      this.persons = new Int32Array(nPlaces); // of every home
      for (let p = 0; p < this.home.length; p++) this.persons[this.home[p]] += this.size[p];
      this.reset();
    }
    reset() {
      this.played = 0;
      this.moment = -1;
      this.total.fill(0);
      this.atPlace.fill(0);
      this.ofHome.fill(0);
      this.now.fill(0);
      for (let p = 0; p < this.home.length; p++) {
        const home = this.home[p], size = this.size[p];
        this.at[p] = home;
        this.total[0] += size;
        this.atPlace[home * STATES] += size;
        this.ofHome[home * STATES] += size;
      }
    }
    // Play every record up to and including a moment (ms).
    seek(ms) {
      if (ms < this.moment) this.reset();
      const { t, who, place, state, now, at, home, size, total, atPlace, ofHome } = this;
      let i = this.played;
      for (; i < t.length && t[i] <= ms; i++) {
        const p = who[i], n = size[p], before = now[p], after = state[i];
        total[before] -= n;
        total[after] += n;
        atPlace[at[p] * STATES + before] -= n;
        atPlace[place[i] * STATES + after] += n;
        ofHome[home[p] * STATES + before] -= n;
        ofHome[home[p] * STATES + after] += n;
        now[p] = after;
        at[p] = place[i];
      }
      this.played = i;
      this.moment = ms;
    }
    sum(codes) { return codes.reduce((n, code) => n + this.total[code], 0); }
    sumAt(place, codes) { return codes.reduce((n, c) => n + this.atPlace[place * STATES + c], 0); }
    sumOf(home, codes) { return codes.reduce((n, c) => n + this.ofHome[home * STATES + c], 0); }
  };
})(window.Yuyan);
