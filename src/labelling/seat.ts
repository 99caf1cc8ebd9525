import { UserError } from '../errors.js';
import type { GivenLabel, LoopView } from '../schema/labelling.js';
import type { LabelAnswer } from '../workspace/labels/label-store.js';
import type { AnswerOptions, AnswerReply, LabellingSession, QueryDetails } from './labelling-session.js';
import type { LoopDriver } from './loop-driver.js';
import { clock } from './clock.js';
import { describeFeatures } from './query-details.js';
import { lastAnswers, takingBack } from './taking-back.js';

/** Details of the next few queries are made ready before they are asked for. */
const readAhead = 3;

/** How the events of a loop name it as their source. */
export const loopSource = (id: string): string => `loop:${id}`;

/** A person's seat at a loop that this process drives. */
export class Seat implements LabellingSession {
  private readonly ready = new Map<number, QueryDetails>();
  /** The query whose details were asked for last. */
  private looked = 0;

  private constructor(
    private readonly driver: LoopDriver,
    private readonly author: string | null,
  ) {}

  /** Sits down: follows the logs, and computes what comes due without being waited for. */
  static take(driver: LoopDriver, author: string | null): Seat {
    driver.follow();
    void driver.advance().catch(() => undefined);
    return new Seat(driver, author);
  }

  get view(): LoopView {
    return this.driver.view;
  }

  onChange(listener: (view: LoopView) => void): () => void {
    return this.driver.onChange(listener);
  }

  async details(n: number): Promise<QueryDetails> {
    const found = this.ready.get(n) ?? this.describe(n);
    this.ready.set(n, found);
    this.looked = n;
    setImmediate(() => this.makeReady(n));
    const { events, labels } = this.driver.known;
    const { instanceId } = found;
    return {
      ...found,
      // Labels change while details wait.
      events: events.filter((event) => event.instance_id === instanceId),
      duplicates: found.duplicates.filter((other) => !labels.has(other.instanceId)),
    };
  }

  async answer(n: number, given: GivenLabel, options: AnswerOptions): Promise<AnswerReply> {
    const { instanceId, ident, iteration } = this.driver.query(n);
    const alike = options.withDuplicates ? (await this.details(n)).duplicates : [];
    const asked = [
      { ...this.answerOf(instanceId, ident, given, iteration), seen: options.seen },
      ...alike.map((other) => this.answerOf(other.instanceId, other.ident, given, iteration)),
    ];
    const { kept, warning } = await this.append(asked);
    await this.changed();
    const [{ event, overtook }] = kept;
    return { event, overtook: overtook ?? null, duplicates: alike.length, warning: warning ?? null };
  }

  async pass(n: number, how: 'skipped' | 'unsure'): Promise<void> {
    const { n: query } = this.driver.query(n);
    await this.appendPass(query, how);
  }

  async undo(): Promise<number | null> {
    const { id, labelSet: set, project, dataset } = this.view;
    const answers = lastAnswers(this.driver.known.events, loopSource(id), this.author, (one, other) =>
      this.driver.alikeRows.areAlike(one, other),
    );
    const pass = await this.lastPass();
    if (pass && (answers.length === 0 || pass.at > answers[0].at)) {
      await this.appendPass(pass.query, null);
      return pass.query;
    }
    if (answers.length === 0) return null;
    await this.driver.parts.labels.append({ project, dataset, set }, takingBack(answers, loopSource(id)));
    await this.changed();
    const queries = this.driver.known.state.queries;
    return queries.find(({ instanceId }) => answers.some((event) => event.instance_id === instanceId))?.n ?? null;
  }

  async families(): ReturnType<LabellingSession['families']> {
    const { project, dataset, labelSet: set } = this.view;
    const known = await this.driver.parts.labels.families({ project, dataset, set });
    return known.map(({ family, label, instances }) => ({ family, label, instances }));
  }

  async nextIteration(): Promise<void> {
    const { iteration } = this.view;
    await this.driver.parts.stored.append(() => [{ type: 'next', at: clock(), author: this.author, iteration }]);
    await this.changed();
  }

  async close(): Promise<void> {
    await this.driver.close();
  }

  /** The next few queries after `n`, and no others. */
  private makeReady(n: number): void {
    if (n !== this.looked) return;
    const { alikeRows } = this.driver;
    const ahead = this.driver
      .openQueries()
      .filter((query) => query.n > n && alikeRows.row(query.instanceId) !== undefined)
      .slice(0, readAhead)
      .map((query) => query.n);
    for (const known of this.ready.keys()) if (!ahead.includes(known)) this.ready.delete(known);
    // One at a time: keys are heard in between.
    const next = ahead.find((other) => !this.ready.has(other));
    if (next === undefined) return;
    this.ready.set(next, this.describe(next));
    setImmediate(() => this.makeReady(n));
  }

  private describe(n: number): QueryDetails {
    const { data } = this.driver.parts;
    const { instanceId, ident, suggestion } = this.driver.query(n);
    const { labels, events } = this.driver.known;
    const row = this.driver.alikeRows.row(instanceId);
    if (row === undefined) {
      throw new UserError('the dataset no longer has this instance', { hint: 'it was changed since the loop began' });
    }
    const time = data.dataset.timestamps?.[row] ?? Number.NaN;
    const others = this.driver.alikeRows.othersOf(instanceId).filter((id) => !labels.has(id));
    return {
      instanceId,
      ident,
      timestamp: Number.isNaN(time) ? null : new Date(time).toISOString(),
      ...describeFeatures(data, row, labels, labels.get(instanceId) ?? suggestion),
      events: events.filter((event) => event.instance_id === instanceId),
      duplicates: others.map((id) => ({
        instanceId: id,
        ident: data.dataset.idents[this.driver.alikeRows.row(id) ?? 0],
      })),
    };
  }

  private answerOf(instanceId: string, ident: string, given: GivenLabel, iteration: number): LabelAnswer {
    return { instanceId, ident, ...given, author: this.author, source: loopSource(this.view.id), iteration };
  }

  private async append(answers: readonly LabelAnswer[]) {
    const { project, dataset, labelSet: set } = this.view;
    return this.driver.parts.labels.append({ project, dataset, set }, answers);
  }

  private async appendPass(query: number, how: 'skipped' | 'unsure' | null): Promise<void> {
    await this.driver.parts.stored.append(() => [{ type: 'pass', at: clock(), author: this.author, query, how }]);
    await this.changed();
  }

  /** Shows what was written, and lets what comes due be computed without being waited for. */
  private async changed(): Promise<void> {
    await this.driver.refresh();
    void this.driver.retry().catch(() => undefined);
  }

  private async lastPass(): Promise<{ query: number; at: string } | null> {
    const events = await this.driver.parts.stored.events();
    const passed = new Map<number, string>();
    for (const event of events) {
      if (event.type !== 'pass' || event.author !== this.author) continue;
      if (event.how) passed.set(event.query, event.at);
      else passed.delete(event.query);
    }
    let last: { query: number; at: string } | null = null;
    for (const [query, at] of passed) if (!last || at >= last.at) last = { query, at };
    return last;
  }
}
