// Waits are for something to be so, and have an end: this machine may be busy with other things.
import { setTimeout as delay } from 'node:timers/promises';

export const PATIENCE = 60_000;

// For what silos have to compute first.
export const LONG_PATIENCE = 300_000;

// What `look` answers, as soon as it is neither false nor nothing. `what` says in an error what did not come.
export async function until(what, look, patience = PATIENCE) {
  let trouble;
  for (const deadline = Date.now() + patience; ; await delay(100)) {
    try {
      const found = await look();
      if (found) return found;
      trouble = undefined;
    } catch (error) {
      // A page between two addresses answers nothing.
      trouble = error;
    }
    if (Date.now() > deadline) throw new Error(`in ${patience / 1000} s there was never ${what}${trouble ? `: ${trouble.message}` : ''}`);
  }
}
