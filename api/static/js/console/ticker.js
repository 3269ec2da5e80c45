/** A worker that only ticks: browsers slow the timers of a hidden tab to one a minute, and an agent's heartbeat must not stop with them. */
setInterval(() => postMessage("tick"), 3000);
