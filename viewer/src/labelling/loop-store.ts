import { type ReadonlySignal, signal } from '@preact/signals';
import type { LoopStateResponse, QueryDetailsResponse } from '../../../src/schema/api/loops.js';
import type { GivenLabel, LoopQuery, LoopView } from '../../../src/schema/labelling.js';
import { messageOf } from '../components/notice.js';
import { authorToSend } from '../labels/author-field.js';
import type { Source } from '../source/source.js';

/** Details of so many queries after the current one are asked for ahead. */
const ahead = 3;
/** After a failure, news are asked for again after so long, milliseconds. */
const pause = 3000;

export interface Told {
  readonly kind: 'information' | 'warning' | 'error';
  readonly text: string;
}

/** A loop on a page: follows it live, sends answers, keeps what comes next at hand. */
export class LoopStore {
  private readonly current = signal<LoopStateResponse | null>(null);
  private readonly said = signal<Told | null>(null);
  private readonly details = new Map<number, Promise<QueryDetailsResponse>>();
  private closed = false;

  constructor(
    private readonly source: Source,
    readonly id: string,
  ) {}

  get state(): ReadonlySignal<LoopStateResponse | null> {
    return this.current;
  }

  /** What is to be told of the last action. */
  get told(): ReadonlySignal<Told | null> {
    return this.said;
  }

  /** Asks for news until closed; each answer comes when something has changed. */
  async follow(): Promise<void> {
    this.closed = false;
    while (!this.closed) {
      try {
        const state = await this.source.loop(this.id, this.current.peek()?.version);
        if (this.closed) return;
        this.current.value = state;
      } catch (error) {
        if (this.closed) return;
        this.said.value = { kind: 'error', text: messageOf(error) };
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  close(): void {
    this.closed = true;
  }

  /** What is shown beside a query; that of the next few is asked for, too. */
  detailsOf(query: LoopQuery, view: LoopView): Promise<QueryDetailsResponse> {
    const next = view.queries.filter(({ n, state }) => n > query.n && state === 'open').slice(0, ahead);
    for (const { n } of next) void this.ask(n).catch(() => undefined);
    return this.ask(query.n);
  }

  /** Answers a query; true where the answer is kept and nobody else has said otherwise meanwhile. */
  async answer(query: LoopQuery, given: GivenLabel, seen: number, withDuplicates: boolean): Promise<boolean> {
    return this.act(async () => {
      const request = { query: query.n, given, author: authorToSend(), seen, withDuplicates };
      const { overtook, duplicates, warning } = await this.source.loopAnswer(this.id, request);
      this.details.delete(query.n);
      const family = given.family === null ? '' : ` · ${given.family}`;
      const others = duplicates > 0 ? ` and ${duplicates} alike` : '';
      this.said.value = { kind: 'information', text: `Query ${query.n}${others}: ${given.label}${family}, kept.` };
      if (warning !== null) this.said.value = { kind: 'warning', text: warning };
      if (overtook === null) return true;
      const text = `${overtook.author ?? 'Somebody'} said ${overtook.label ?? 'nothing'} meanwhile: both answers are kept, yours counts. Answer again to change it.`;
      this.said.value = { kind: 'warning', text };
      return false;
    });
  }

  async pass(query: LoopQuery, how: 'skipped' | 'unsure'): Promise<boolean> {
    return this.act(async () => {
      await this.source.loopPass(this.id, { query: query.n, how, author: authorToSend() });
      this.said.value = { kind: 'information', text: `Query ${query.n}: ${how}.` };
      return true;
    });
  }

  /** Takes the last action back; the query it was about, null for none. */
  async undo(): Promise<number | null> {
    let about: number | null = null;
    await this.act(async () => {
      about = (await this.source.loopUndo(this.id, authorToSend())).query;
      if (about !== null) this.details.delete(about);
      const text = about === null ? 'There is nothing to take back.' : `Taken back: query ${about}.`;
      this.said.value = { kind: 'information', text };
      return true;
    });
    return about;
  }

  async next(): Promise<boolean> {
    return this.act(async () => {
      await this.source.loopNext(this.id, authorToSend());
      return true;
    });
  }

  async writeResult(): Promise<boolean> {
    return this.act(async () => {
      await this.source.loopWriteResult(this.id, authorToSend());
      return true;
    });
  }

  private ask(n: number): Promise<QueryDetailsResponse> {
    const known = this.details.get(n);
    if (known) return known;
    const asked = this.source.loopQuery(this.id, n);
    this.details.set(n, asked);
    asked.catch(() => this.details.delete(n));
    return asked;
  }

  private async act(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      this.said.value = { kind: 'error', text: messageOf(error) };
      return false;
    }
  }
}
