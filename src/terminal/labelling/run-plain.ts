import { UserError } from '../../errors.js';
import type { LabellingSession } from '../../labelling/labelling-session.js';
import type { LoopView } from '../../schema/labelling.js';
import { dataText } from './data-text.js';
import { farewell } from './farewell.js';
import { followIntent } from './follow-intent.js';
import { hearSession } from './hear-session.js';
import { LineQueue } from './line-queue.js';
import { TerminalWatch } from './lost-terminal.js';
import { familyCompared } from './pages/question-page.js';
import { endWords } from './pages/waiting-page.js';
import { type PlainCommand, plainCommand } from './plain-command.js';
import { alikeText, familiesText, featureText, plainHelp, questionText, spoken, unansweredText } from './plain-text.js';
import type { LabellingIo, LabellingOutcome, LabellingScreenOptions } from './labelling-io.js';
import { detailsOf, openQueries, type Seat, type SeatStep, type SessionEvent } from './seat.js';
import { SessionRunner } from './session-runner.js';
import { sitDown } from './sit-down.js';

/** Milliseconds that a question waits for its features before it is asked without them. */
const patience = 2000;

/** Lines of an original text that are printed. */
const mostLines = 500;

/** The line mode: one question, one line of answer. */
export async function runPlain(
  session: LabellingSession,
  io: LabellingIo,
  options: LabellingScreenOptions,
  unicode: boolean,
): Promise<LabellingOutcome> {
  const loop = new PlainLoop(session, io, options, unicode);
  const how = await loop.run();
  const { view, answers } = loop.seat;
  const ended = view.phase === 'finished' && how === 'quit' ? 'finished' : how;
  io.errors.write(farewell({ ended, answers }, view, options.resumeCommand));
  return { ended, answers };
}

class PlainLoop {
  readonly #io: LabellingIo;
  readonly #session: LabellingSession;
  readonly #options: LabellingScreenOptions;
  readonly #unicode: boolean;
  readonly #runner: SessionRunner;
  #seat: Seat;
  /** Views are heard between two lines, so that an answer is about what was printed. */
  #view: LoopView | undefined;
  #asked: number | null | undefined;
  /** An answer is waited for on the line that is being written. */
  #prompted = false;
  #told = '';
  #waited: number | null = null;
  #leaving = false;
  #interrupted = false;
  #failure: { error: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(session: LabellingSession, io: LabellingIo, options: LabellingScreenOptions, unicode: boolean) {
    this.#session = session;
    this.#io = io;
    this.#options = options;
    this.#unicode = unicode;
    const broken = (error: unknown): void => {
      this.#failure ??= { error };
      this.#wake();
    };
    this.#runner = new SessionRunner(session, (event) => this.#hear(event), broken, clock);
    const { seat, calls } = sitDown(session.view, clock());
    this.#seat = seat;
    this.#runner.run(calls);
  }

  get seat(): Seat {
    return this.#seat;
  }

  async run(): Promise<'quit' | 'interrupted'> {
    const { input, process } = this.#io;
    const lines = new LineQueue(input, () => this.#wake());
    const stop = (): void => {
      this.#interrupted = true;
      this.#wake();
    };
    const watch = new TerminalWatch(process, input, false, stop);
    const stopListening = this.#session.onChange((view) => {
      this.#view = view;
      this.#wake();
    });
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
    try {
      this.#print(['Labelling in lines: h lists the answers, q leaves; every answer is kept at once.']);
      return await this.#converse(lines);
    } finally {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, stop);
      stopListening();
      lines.close();
      input.pause();
      await watch.finish();
    }
  }

  async #converse(lines: LineQueue): Promise<'quit' | 'interrupted'> {
    for (;;) {
      await this.#settle();
      if (this.#failure) throw this.#failure.error;
      if (this.#interrupted) return 'interrupted';
      this.#catchUp();
      if (this.#waitsForFeatures) continue;
      this.#tell();
      this.#ask();
      const line = lines.first;
      if (line !== undefined && this.#takesNow(line)) {
        lines.take();
        this.#prompted = false;
        if (!(await this.#obey(plainCommand(line, this.#seat, clock())))) return 'quit';
      } else if (lines.ended || (line !== undefined && this.#seat.view.phase === 'finished')) {
        return 'quit';
      } else {
        await this.#change();
      }
    }
  }

  /** Whether a line can be taken: an answer waits for its question. */
  #takesNow(line: string): boolean {
    if (this.#seat.current !== null) return true;
    return /^\s*([uphqlUPHQL]|undo|previous|back|help|quit|families)\s*$/.test(line);
  }

  /** Waits for what was answered to be on the disk, and for the features of the question, for a while. */
  async #settle(): Promise<void> {
    await this.#runner.idle();
    const until = clock() + patience;
    while (this.#waitsForFeatures && clock() < until && !this.#interrupted && !this.#failure) {
      await this.#change(until - clock());
    }
    this.#waited = this.#seat.current;
  }

  /** Whether the features of the question are on their way, and have not been waited for in vain. */
  get #waitsForFeatures(): boolean {
    const { current, details } = this.#seat;
    return current !== null && current !== this.#waited && !details.has(current);
  }

  /** Resolves when something has come, or after a time. */
  async #change(most?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (most !== undefined) timer = setTimeout(resolve, most);
    });
    clearTimeout(timer);
    this.#wake = () => {};
  }

  #hear(event: SessionEvent): void {
    this.#step(hearSession(this.#seat, event));
    this.#wake();
  }

  #step({ seat, calls }: SeatStep): void {
    this.#seat = seat;
    this.#runner.run(calls);
  }

  /** Hears the last view that came. */
  #catchUp(): void {
    const view = this.#view;
    this.#view = undefined;
    if (view) this.#step(hearSession(this.#seat, { came: 'view', view, at: clock() }));
  }

  /** Says what there is to say. */
  #tell(): void {
    const { message, view } = this.#seat;
    if (message) {
      const waits = this.#prompted;
      // What comes while an answer is waited for has a line of its own.
      this.#print([...(waits ? [''] : []), dataText(spoken(message.text), this.#unicode, 500)]);
      this.#step(followIntent(this.#seat, { do: 'tell', message: null }));
      if (waits) this.#prompt();
    }
    if (this.#seat.current !== null) return;
    const stand = this.#standText(view);
    if (stand !== this.#told) this.#print([stand]);
    this.#told = stand;
  }

  #standText(view: LoopView): string {
    if (view.phase === 'finished') {
      const advice = [...view.warnings, ...view.advice].map((text) => dataText(text, this.#unicode, 600));
      return [dataText(endWords(view), this.#unicode, 600), ...advice].join('\n');
    }
    if (view.phase === 'asking') return 'All questions of this iteration are done.';
    const stage = view.computing ? `: ${dataText(view.computing.stage, this.#unicode, 100)}` : '';
    return `Iteration ${view.iteration} is being computed${stage}…`;
  }

  /** Asks the question, if it was not asked yet. */
  #ask(): void {
    const { current, view } = this.#seat;
    if (current === this.#asked) return;
    this.#asked = current;
    if (current !== null) {
      this.#told = '';
      this.#print(questionText(this.#seat, this.#unicode));
    }
    if (current !== null || view.phase === 'finished') this.#prompt();
  }

  /** Does what a line says; false when the person leaves. */
  async #obey(command: PlainCommand): Promise<boolean> {
    const leaving = this.#leaving;
    this.#leaving = false;
    switch (command.does) {
      case 'quit':
        return false;
      case 'say':
        this.#print([dataText(command.text, this.#unicode, 500)]);
        break;
      case 'intend':
        this.#step(followIntent(this.#seat, command.intent));
        // Whatever was said is answered by a question: the next one, or this one again.
        this.#asked = undefined;
        return true;
      case 'show-features':
        this.#print(this.#features(command.search));
        break;
      case 'show':
        await this.#show(command.what);
        return true;
      case 'next-iteration':
        if (!leaving && this.#seat.view.phase === 'asking' && openQueries(this.#seat).length > 0) {
          this.#leaving = true;
          this.#print(unansweredText(this.#seat, this.#unicode));
          break;
        }
        this.#step(followIntent(this.#seat, { do: 'next-iteration' }));
        return true;
    }
    this.#prompt();
    return true;
  }

  async #show(what: Extract<PlainCommand, { does: 'show' }>['what']): Promise<void> {
    if (what === 'question') {
      this.#step(followIntent(this.#seat, { do: 'settle-alike', on: false }));
      this.#asked = undefined;
      return;
    }
    if (what === 'help') this.#print(plainHelp);
    if (what === 'families') this.#print(familiesText(this.#seat, this.#unicode));
    if (what === 'original') this.#print(await this.#original());
    if (what === 'alike') {
      this.#step(followIntent(this.#seat, { do: 'settle-alike', on: true }));
      if (this.#seat.alike) this.#print(alikeText(this.#seat, this.#unicode));
    }
    this.#tell();
    this.#prompt();
  }

  #features(search: string): string[] {
    const details = detailsOf(this.#seat, this.#seat.current);
    if (!details) return ['There are no features to show.'];
    const wanted = search.toLowerCase();
    const found = details.features.filter(({ name }) => name.toLowerCase().includes(wanted));
    const head = `${found.length} of ${details.featureCount} features, the most unusual first:`;
    return [head, ...featureText(found, familyCompared(this.#seat), this.#unicode)];
  }

  async #original(): Promise<string[]> {
    const { current, queries } = this.#seat;
    const instanceId = current === null ? undefined : queries.get(current)?.instanceId;
    if (instanceId === undefined || !this.#options.original) return ['There is no original text.'];
    try {
      const { text, problem } = await this.#options.original(instanceId);
      const lines = (text ?? '').split(/\r?\n/);
      const cut = lines.length > mostLines ? [`(${lines.length - mostLines} more lines)`] : [];
      const shown = [...(problem === null ? [] : [problem]), ...lines.slice(0, mostLines), ...cut];
      return shown.map((line) => `  ${dataText(line.replaceAll('\t', ' '), this.#unicode, 1000)}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [dataText(error.message, this.#unicode, 500)];
    }
  }

  #print(lines: readonly string[]): void {
    const text = lines.map((line) => `${line}\n`).join('');
    // Our own signs, where there is only ASCII.
    this.#io.output.write(this.#unicode ? text : text.replace(/[^\n -~]/gu, (sign) => (sign === '…' ? '.' : '-')));
  }

  #prompt(): void {
    this.#prompted = true;
    this.#io.output.write('Answer: ');
  }
}

function clock(): number {
  return performance.now();
}
