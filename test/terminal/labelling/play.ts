import type { Key } from '../../../src/terminal/labelling/key-decoder.js';
import { KeyDecoder } from '../../../src/terminal/labelling/key-decoder.js';
import { frame } from '../../../src/terminal/labelling/frame.js';
import type { Size } from '../../../src/terminal/labelling/lines.js';
import { openScreen, reduceScreen } from '../../../src/terminal/labelling/reduce-screen.js';
import type { Screen, ScreenCall, ScreenEvent } from '../../../src/terminal/labelling/screen.js';
import { SessionRunner } from '../../../src/terminal/labelling/session-runner.js';
import type { MemorySession } from './memory-session.js';

/** The pure screen over a loop in memory, without a terminal: keys go in, text comes out. The clock is a counter. */
export class Play {
  screen: Screen;
  readonly left: ScreenCall[] = [];
  now = 0;
  readonly #runner: SessionRunner;

  constructor(
    readonly session: MemorySession,
    size: Size = { columns: 80, rows: 24 },
    unicode = true,
  ) {
    const broken = (error: unknown): never => {
      throw error;
    };
    this.#runner = new SessionRunner(
      session,
      (event) => this.happen(event),
      broken,
      () => this.now,
    );
    const { screen, calls } = openScreen(session.view, { size, unicode, hasOriginal: true }, this.now);
    this.screen = screen;
    session.onChange((view) => this.happen({ came: 'view', view, at: this.now }));
    this.#run(calls);
  }

  happen(event: ScreenEvent): void {
    const { screen, calls } = reduceScreen(this.screen, event);
    this.screen = screen;
    this.#run(calls);
  }

  /** Presses keys, a second apart, and lets everything come back. */
  async press(...typed: (Key | string)[]): Promise<void> {
    for (const one of typed) {
      const keys = typeof one === 'string' ? [...new KeyDecoder().feed(one)] : [one];
      for (const key of keys) this.hit(key);
      await this.rest();
    }
  }

  /** Presses a key without waiting for what comes of it. */
  hit(key: Key): void {
    this.now += 1000;
    this.happen({ came: 'key', key, at: this.now });
  }

  async rest(): Promise<void> {
    for (let turn = 0; turn < 8; turn++) {
      await this.#runner.idle();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  get text(): string {
    return frame(this.screen)
      .map((line) => line.map(({ text }) => text).join(''))
      .join('\n');
  }

  #run(calls: readonly ScreenCall[]): void {
    for (const call of calls) {
      if (call.call === 'quit' || call.call === 'suspend' || call.call === 'redraw' || call.call === 'original') {
        this.left.push(call);
      } else this.#runner.run([call]);
    }
  }
}
