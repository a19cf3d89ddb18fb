/**
 * A clock that stands still until a test moves it. Alarms without delay ring in a task of their own, as real ones.
 */
export function fakeClock() {
  let time = 1000;
  let alarms = [];

  return {
    now: () => time,

    setTimeout(callback, delay) {
      const alarm = { at: time + delay, callback };
      if (delay <= 0) alarm.real = setTimeout(callback, 0);
      else alarms.push(alarm);
      return alarm;
    },

    clearTimeout(alarm) {
      if (alarm?.real) clearTimeout(alarm.real);
      alarms = alarms.filter((other) => other !== alarm);
    },

    /** Moves on, ringing what is due in its order. */
    advance(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        const due = alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        time = Math.max(time, due.at);
        alarms = alarms.filter((other) => other !== due);
        due.callback();
      }
      time = end;
    },

    /** How many alarms are set. */
    get waiting() {
      return alarms.length;
    },
  };
}

/** Waits, in real time, until something holds. */
export async function until(holds, what = String(holds)) {
  const end = Date.now() + 3000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('waited in vain: ' + what);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Long enough for anything that is already under way. */
export function aWhile() {
  return new Promise((resolve) => setTimeout(resolve, 40));
}
