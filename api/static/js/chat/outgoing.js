/** Sends messages one after the other, each under an id made once. The same id goes out again until the server answers, so nothing is lost or said twice. */

/** @typedef {{id: string, text?: string, choice?: string, label?: string}} Letter */

const waits = [1000, 2000, 4000];

export class Outgoing {
  /**
   * @param {{post: (letter: Letter) => Promise<any>, taken: (letter: Letter, answer: any) => void,
   *   state: (letter: Letter, state: "sending"|"failed") => void, trouble: (letter: Letter, trouble: any) => void, changed: (unsent: Letter[]) => void}} ways
   */
  constructor(ways) {
    this.ways = ways;
    /** @type {Letter[]} */ this.unsent = [];
    this.busy = false;
    this.held = false;
    addEventListener("online", () => this.again());
  }

  /** @param {Letter} letter */
  add(letter) {
    this.unsent.push(letter);
    this.ways.changed(this.unsent);
    this.again();
  }

  /** Try what is waiting, in order. */
  again() {
    this.held = false;
    this.#work();
  }

  clear() {
    this.unsent = [];
    this.ways.changed(this.unsent);
  }

  async #work() {
    if (this.busy) return;
    this.busy = true;
    while (this.unsent.length && !this.held) await this.#deliver(this.unsent[0]);
    this.busy = false;
  }

  /** @param {Letter} letter */
  async #deliver(letter) {
    for (let attempt = 0; ; attempt += 1) {
      this.ways.state(letter, "sending");
      try {
        const answer = await this.ways.post(letter);
        this.#done(letter);
        return this.ways.taken(letter, answer);
      } catch (trouble) {
        const kind = /** @type {any} */ (trouble).kind;
        if (kind === "network" && attempt < waits.length && navigator.onLine) {
          await new Promise((go) => setTimeout(go, waits[attempt]));
          if (this.unsent.includes(letter)) continue;
          return;
        }
        if (kind === "refused") this.#done(letter);
        // Order matters in a conversation, so a letter that may still go holds the ones behind it.
        else this.held = true;
        this.ways.state(letter, "failed");
        return this.ways.trouble(letter, trouble);
      }
    }
  }

  /** @param {Letter} letter */
  #done(letter) {
    this.unsent = this.unsent.filter((other) => other.id !== letter.id);
    this.ways.changed(this.unsent);
  }
}
