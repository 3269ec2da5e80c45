/** Keeps the live line open: a WebSocket that comes back by itself, and asking every few seconds while it is away. */

const firstWait = 1000;
const longestWait = 20000;
const askEvery = 4000;

export class Stream {
  /**
   * @param {{address: () => string, token: () => string, hear: (frame: any) => void, catchUp: () => Promise<void>, connected: (yes: boolean) => void}} ways
   *   `catchUp` fetches what was missed; it throws while the network is away
   */
  constructor(ways) {
    this.ways = ways;
    this.wait = firstWait;
    this.running = false;
    /** @type {WebSocket|null} */ this.socket = null;
    this.reconnect = 0;
    this.asking = 0;
    this.wake = () => this.running && !this.#live() && this.#open();
  }

  start() {
    if (this.running) return;
    this.running = true;
    addEventListener("online", this.wake);
    this.#open();
    this.#askSoon();
  }

  stop() {
    this.running = false;
    removeEventListener("online", this.wake);
    clearTimeout(this.reconnect);
    clearTimeout(this.asking);
    this.socket?.close();
    this.socket = null;
  }

  /** Say the new token after it changed. */
  restart() {
    this.stop();
    this.start();
  }

  #live() { return this.socket?.readyState === WebSocket.OPEN; }

  #open() {
    clearTimeout(this.reconnect);
    this.socket?.close();
    const socket = new WebSocket(this.ways.address());
    this.socket = socket;
    socket.onopen = () => {
      socket.send(JSON.stringify({ token: this.ways.token() }));
      this.wait = firstWait;
      this.#catchUp();
    };
    socket.onmessage = (event) => this.#hear(event.data);
    socket.onclose = () => {
      if (this.socket !== socket || !this.running) return;
      this.socket = null;
      this.reconnect = setTimeout(() => this.#open(), this.wait * (0.75 + Math.random() / 2));
      this.wait = Math.min(this.wait * 2, longestWait);
    };
  }

  /** @param {string} data */
  #hear(data) {
    let frame;
    try { frame = JSON.parse(data); } catch { return; }
    if (frame && typeof frame === "object") this.ways.hear(frame);
  }

  #askSoon() {
    clearTimeout(this.asking);
    this.asking = setTimeout(async () => {
      if (!this.#live()) await this.#catchUp();
      if (this.running) this.#askSoon();
    }, askEvery);
  }

  async #catchUp() {
    try {
      await this.ways.catchUp();
      this.ways.connected(true);
    } catch { this.ways.connected(false); }
  }
}
