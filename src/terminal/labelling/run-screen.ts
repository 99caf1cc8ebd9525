import { StringDecoder } from 'node:string_decoder';
import { UserError } from '../../errors.js';
import type { LabellingSession } from '../../labelling/labelling-session.js';
import { styleFor } from '../style.js';
import { farewell } from './farewell.js';
import { frame } from './frame.js';
import { KeyDecoder } from './key-decoder.js';
import { TerminalWatch } from './lost-terminal.js';
import { paintLine } from './paint-line.js';
import { ProcessSignals } from './process-signals.js';
import { openScreen, reduceScreen } from './reduce-screen.js';
import type { LabellingIo, LabellingOutcome, LabellingScreenOptions } from './labelling-io.js';
import type { Screen, ScreenCall, ScreenEvent } from './screen.js';
import { SessionRunner } from './session-runner.js';
import { TerminalMode } from './terminal-mode.js';

/** Milliseconds after which the beginning of a sequence is taken for the escape key, and a pasted text for whole. */
const patience = { sequence: 50, paste: 2000 };

/** The labelling screen: keys in, lines out, and between them the pure parts. */
export async function runScreen(
  session: LabellingSession,
  io: LabellingIo,
  options: LabellingScreenOptions,
  unicode: boolean,
): Promise<LabellingOutcome> {
  const loop = new ScreenLoop(session, io, options, unicode);
  const how = await loop.run();
  const { view, answers } = loop.seat;
  const ended = view.phase === 'finished' && how === 'quit' ? 'finished' : how;
  io.errors.write(farewell({ ended, answers }, view, options.resumeCommand));
  return { ended, answers };
}

class ScreenLoop {
  readonly #session: LabellingSession;
  readonly #io: LabellingIo;
  readonly #options: LabellingScreenOptions;
  readonly #terminal: TerminalMode;
  readonly #runner: SessionRunner;
  readonly #decoder = new KeyDecoder();
  readonly #text = new StringDecoder('utf8');
  #screen: Screen;
  #waiting: NodeJS.Timeout | undefined;
  #drawing: NodeJS.Immediate | undefined;
  #leaving = false;
  #ended = false;
  #end!: (how: 'quit' | 'interrupted') => void;
  #fail!: (error: unknown) => void;
  #signals: ProcessSignals | undefined;

  constructor(session: LabellingSession, io: LabellingIo, options: LabellingScreenOptions, unicode: boolean) {
    this.#session = session;
    this.#io = io;
    this.#options = options;
    this.#terminal = new TerminalMode(io.input, io.output);
    this.#runner = new SessionRunner(session, this.#hear, (error) => this.#fail(error), clock);
    const hasOriginal = options.original !== undefined;
    const { screen, calls } = openScreen(session.view, { size: this.#terminal.size, unicode, hasOriginal }, clock());
    this.#screen = screen;
    // They may be answered at once, and an answer is told to a loop that runs.
    queueMicrotask(() => this.#perform(calls));
  }

  get seat(): Screen['seat'] {
    return this.#screen.seat;
  }

  /** Runs until the person leaves; then everything they answered is on the disk. */
  async run(): Promise<'quit' | 'interrupted'> {
    const { input, output, process } = this.#io;
    const ended = new Promise<'quit' | 'interrupted'>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    const stop = (): void => this.#end('interrupted');
    const watch = new TerminalWatch(process, input, true, stop);
    const leave = (): void => this.#terminal.leave(watch.lost);
    const stopListening = this.#session.onChange((view) => this.#hear({ came: 'view', view, at: clock() }));
    this.#signals = new ProcessSignals(process, {
      stop,
      suspend: leave,
      resume: () => this.#resume(),
      exit: leave,
    });
    output.on('resize', this.#resized);
    input.on('data', this.#read);
    try {
      this.#terminal.enter();
      input.resume();
      this.#draw();
      const how = await ended;
      await this.#runner.idle();
      return how;
    } finally {
      this.#ended = true;
      clearTimeout(this.#waiting);
      clearImmediate(this.#drawing);
      stopListening();
      input.off('data', this.#read);
      output.off('resize', this.#resized);
      input.pause();
      leave();
      this.#signals.end();
      await watch.finish();
    }
  }

  readonly #hear = (event: ScreenEvent): void => {
    this.#happen(event);
    // Several things often come together: they are drawn once.
    this.#drawing ??= setImmediate(() => this.#draw());
  };

  readonly #resized = (): void => {
    this.#terminal.forget();
    this.#hear({ came: 'resized', size: this.#terminal.size });
  };

  readonly #read = (piece: Buffer | string): void => {
    clearTimeout(this.#waiting);
    const text = typeof piece === 'string' ? piece : this.#text.write(piece);
    for (const key of this.#decoder.feed(text)) this.#happen({ came: 'key', key, at: clock() });
    if (this.#decoder.waits) {
      const wait = this.#decoder.pasting ? patience.paste : patience.sequence;
      this.#waiting = setTimeout(() => {
        for (const key of this.#decoder.flush()) this.#happen({ came: 'key', key, at: clock() });
        this.#draw();
      }, wait);
    }
    this.#draw();
  };

  #happen(event: ScreenEvent): void {
    const { screen, calls } = reduceScreen(this.#screen, event);
    this.#screen = screen;
    this.#perform(calls);
  }

  #perform(calls: readonly ScreenCall[]): void {
    for (const call of calls) {
      if (call.call === 'quit') this.#quit(call.how);
      else if (call.call === 'suspend') this.#signals?.suspend();
      else if (call.call === 'redraw') this.#terminal.forget();
      else if (call.call === 'original') void this.#readOriginal(call.n);
      else this.#runner.run([call]);
    }
  }

  /** Leaves as soon as all is written; asked for again meanwhile, it is for the process to end at once. */
  #quit(how: 'quit' | 'interrupted'): void {
    if (this.#leaving && how === 'interrupted') this.#io.process.kill(this.#io.process.pid, 'SIGINT');
    this.#leaving = true;
    this.#end(how);
  }

  async #readOriginal(n: number): Promise<void> {
    const instanceId = this.#screen.seat.queries.get(n)?.instanceId;
    if (instanceId === undefined || !this.#options.original) return;
    try {
      this.#hear({ came: 'original', n, original: await this.#options.original(instanceId) });
    } catch (error) {
      if (!(error instanceof UserError)) return this.#fail(error);
      this.#hear({ came: 'original', n, original: { text: null, problem: error.message } });
    }
  }

  #resume(): void {
    if (this.#ended) return;
    this.#terminal.enter();
    this.#happen({ came: 'resized', size: this.#terminal.size });
    this.#draw();
  }

  #draw(): void {
    clearImmediate(this.#drawing);
    this.#drawing = undefined;
    if (this.#ended) return;
    const style = styleFor(this.#io.output, this.#io.environment);
    this.#terminal.draw(frame(this.#screen).map((line) => paintLine(line, style, this.#screen.unicode)));
  }
}

function clock(): number {
  return performance.now();
}
