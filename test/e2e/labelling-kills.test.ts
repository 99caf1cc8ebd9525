import { expect, it } from 'vitest';
import { labelUnderKills } from './killed-labelling.js';
import { scratchFolder } from './program.js';

/** `npm run test:long` kills a thousand times. */
const kills = Number(process.env.SECUML_KILLS ?? 50);
/** In one loop. */
const killsOfLoop = 50;

it(
  `loses no acknowledged answer in ${kills} kills at random moments`,
  async () => {
    let [killed, acknowledged] = [0, 0];
    while (killed < kills) {
      const come = await labelUnderKills(scratchFolder(), Math.min(killsOfLoop, kills - killed));
      expect(come.lost, 'acknowledged and lost').toEqual([]);
      expect(come.excess, 'given twice').toEqual([]);
      expect(come.askedTwice).toEqual([]);
      expect(come.resumed.status, come.resumed.stderr).toBe(0);
      killed += come.kills;
      acknowledged += come.acknowledged;
    }
    expect(killed).toBe(kills);
    expect(acknowledged, 'enough to lose').toBeGreaterThan(kills / 5);
    console.log(`${killed} kills, ${acknowledged} acknowledged answers, 0 lost`);
  },
  60_000 + kills * 6_000,
);
