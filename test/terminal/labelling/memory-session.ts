import { UserError } from '../../../src/errors.js';
import type {
  AnswerOptions,
  AnswerReply,
  LabellingSession,
  QueryDetails,
  QueryFeature,
} from '../../../src/labelling/labelling-session.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import type { LabelEvent } from '../../../src/schema/label-event.js';
import type { GivenLabel, LoopQuery, LoopView } from '../../../src/schema/labelling.js';

export interface MemorySessionOptions {
  readonly batch?: number;
  readonly iterations?: number;
  readonly features?: number;
  /** An iteration is computed in steps, each when `nextStep` is called; else at once. */
  readonly stepwise?: boolean;
  readonly idents?: (n: number) => string;
  readonly duplicates?: number;
  readonly families?: readonly string[];
}

type Deed =
  | {
      readonly did: 'answer';
      readonly n: number;
      readonly others: readonly string[];
      readonly before: GivenLabel | null;
    }
  | { readonly did: 'pass'; readonly n: number };

/** A loop in memory that keeps the contract of a seat: for tests of what sits on it. */
export class MemorySession implements LabellingSession {
  readonly log: LabelEvent[] = [];
  /** Set: the next actions are refused, as on a full disk. */
  refusing = false;
  readonly #options: Required<MemorySessionOptions>;
  readonly #listeners = new Set<(view: LoopView) => void>();
  readonly #all = new Map<number, LoopQuery>();
  readonly #labels = new Map<string, GivenLabel>();
  readonly #deeds: Deed[] = [];
  #view: LoopView;
  #steps: (() => void)[] = [];

  constructor(options: MemorySessionOptions = {}) {
    this.#options = {
      batch: 6,
      iterations: 3,
      features: 12,
      stepwise: false,
      idents: (n) => `connection ${n}`,
      duplicates: 2,
      families: ['neptune', 'smurf', 'normal', 'ftp'],
      ...options,
    };
    this.#view = {
      id: 'm-1',
      kind: 'active-learning',
      project: 'NSL-KDD',
      dataset: 'train20',
      labelSet: 'main',
      strategy: 'ilab',
      iteration: 1,
      phase: 'asking',
      finished: null,
      computing: null,
      budget: { total: 2000, left: 1950 },
      queries: [],
      counts: this.#counts(),
      history: [],
      advice: [],
      warnings: [],
    };
    for (const [k, family] of this.#options.families.entries()) {
      const label = k < this.#options.families.length / 2 ? 'malicious' : 'benign';
      for (let i = 0; i < 9 - Math.min(8, k); i++) this.#labels.set(`before-${k}-${i}`, { label, family });
    }
    this.#publish(1, this.#options.batch);
  }

  get view(): LoopView {
    return this.#view;
  }

  onChange(listener: (view: LoopView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async details(n: number): Promise<QueryDetails> {
    const query = this.#query(n);
    const stream = randomStream(n, 'features of a query');
    const family = query.suggestion?.family ? ['family' as const] : [];
    const features = Array.from({ length: this.#options.features }, (_, k): QueryFeature => {
      const strength = 9 / (1 + k / 3);
      const standings = (['benign', 'malicious', ...family] as const).map((group) => ({
        group,
        mean: 1,
        zScore: stream.normal() * strength,
        percentile: stream.below(101),
      }));
      const value = stream.below(3) === 0 ? stream.normal() * 1000 : stream.below(1_000_000);
      return { name: `feature_${k}_${'of the flow'.slice(stream.below(11))}`, description: null, value, standings };
    });
    return {
      instanceId: query.instanceId,
      ident: query.ident,
      timestamp: '2026-01-02T03:04:05Z',
      features,
      featureCount: features.length,
      events: this.log.filter((event) => event.instance_id === query.instanceId),
      duplicates: this.#alike(query).map((instanceId) => ({ instanceId, ident: `like ${query.ident}` })),
    };
  }

  async answer(n: number, given: GivenLabel, { seen, withDuplicates }: AnswerOptions): Promise<AnswerReply> {
    await this.#disk();
    const query = this.#query(n);
    const overtook =
      this.log.findLast((e) => e.instance_id === query.instanceId && e.n > seen && e.author !== 'me') ?? null;
    const before = this.#labels.get(query.instanceId) ?? null;
    const others = withDuplicates ? this.#alike(query) : [];
    const event = this.#write(query, query.instanceId, given, 'me');
    for (const other of others) this.#write(query, other, given, 'me');
    this.#deeds.push({ did: 'answer', n, others, before });
    this.#change(n, {
      state: 'answered',
      answer: { ...given, n: event.n, author: 'me' },
      duplicates: this.#alike(query).length,
    });
    return { event, overtook, duplicates: others.length, warning: null };
  }

  async pass(n: number, how: 'skipped' | 'unsure'): Promise<void> {
    await this.#disk();
    this.#deeds.push({ did: 'pass', n });
    this.#change(n, { state: how });
  }

  async undo(): Promise<number | null> {
    await this.#disk();
    const deed = this.#deeds.pop();
    if (!deed) return null;
    const query = this.#query(deed.n);
    if (deed.did === 'answer') {
      for (const id of [query.instanceId, ...deed.others]) this.#write(query, id, deed.before, 'me');
    }
    this.#change(deed.n, { state: 'open', answer: null, duplicates: this.#alike(query).length });
    return deed.n;
  }

  async families(): Promise<readonly { family: string; label: GivenLabel['label']; instances: number }[]> {
    const sizes = new Map<string, { family: string; label: GivenLabel['label']; instances: number }>();
    for (const { label, family } of this.#labels.values()) {
      if (family === null) continue;
      const entry = sizes.get(`${label} ${family}`) ?? { family, label, instances: 0 };
      sizes.set(`${label} ${family}`, { ...entry, instances: entry.instances + 1 });
    }
    return [...sizes.values()].sort((a, b) => b.instances - a.instances || (a.family < b.family ? -1 : 1));
  }

  async nextIteration(): Promise<void> {
    await this.#disk();
    // It is written down; what comes of it comes later.
    setImmediate(() => this.#view.phase === 'asking' && this.#advance());
  }

  async close(): Promise<void> {
    this.#steps = [];
  }

  /** An answer given by somebody else. */
  someoneAnswers(n: number, given: GivenLabel, author = 'anna'): void {
    const query = this.#query(n);
    const event = this.#write(query, query.instanceId, given, author);
    this.#change(n, { state: 'answered', answer: { ...given, n: event.n, author } });
  }

  /** Goes on with the computing of an iteration: half way, the first queries, nearly done, all queries. */
  nextStep(): void {
    this.#steps.shift()?.();
  }

  /** What the label set says of a query's instance. */
  labelOf(n: number): GivenLabel | null {
    return this.#labels.get(this.#query(n).instanceId) ?? null;
  }

  async #disk(): Promise<void> {
    await Promise.resolve();
    if (this.refusing) throw new UserError('no space left on the disk');
  }

  #query(n: number): LoopQuery {
    const query = this.#all.get(n);
    if (!query) throw new Error(`there is no query ${n}`);
    return query;
  }

  #alike(query: LoopQuery): string[] {
    const ids = Array.from({ length: this.#options.duplicates }, (_, k) => `${query.instanceId}-like-${k}`);
    return ids.filter((id) => !this.#labels.has(id));
  }

  #write(query: LoopQuery, instance: string, given: GivenLabel | null, author: string): LabelEvent {
    const event: LabelEvent = {
      n: this.log.length + 1,
      at: '2026-11-23T04:18:00Z',
      author,
      instance_id: instance,
      ident: query.ident,
      label: given?.label ?? null,
      family: given?.family ?? null,
      previous: this.#labels.get(instance) ?? null,
      source: null,
      iteration: query.iteration,
    };
    this.log.push(event);
    if (given) this.#labels.set(instance, { label: given.label, family: given.family });
    else this.#labels.delete(instance);
    return event;
  }

  #change(n: number, change: Partial<LoopQuery>): void {
    const query = { ...this.#query(n), ...change };
    this.#all.set(n, query);
    this.#tell({ queries: this.#view.queries.map((other) => (other.n === n ? query : other)), counts: this.#counts() });
    const open = this.#view.queries.some(({ state }) => state === 'open');
    if (this.#view.phase === 'asking' && !open) this.#advance();
  }

  #advance(): void {
    const iteration = this.#view.iteration + 1;
    if (iteration > this.#options.iterations) {
      this.#tell({ phase: 'finished', finished: 'the budget is used up' });
      return;
    }
    const { stepwise, batch } = this.#options;
    const computing = { stage: 'fitting the model', done: 0, total: 4 };
    const history = [
      ...this.#view.history,
      {
        iteration: iteration - 1,
        ...this.#counts(),
        figures: { 'suggestions.labelAccuracy': 0.9, 'cv.rocAuc': 0.975 },
        seconds: [],
      },
    ];
    this.#tell({ iteration, phase: 'computing', computing, queries: [], history });
    if (!stepwise) {
      this.#publish(iteration, batch);
      this.#tell({ phase: 'asking', computing: null });
      return;
    }
    this.#steps = [
      () => this.#tell({ computing: { ...computing, done: 2 } }),
      () => this.#publish(iteration, Math.floor(batch / 2)),
      () => this.#tell({ computing: { ...computing, done: 3 } }),
      () => {
        this.#publish(iteration, batch - Math.floor(batch / 2));
        this.#tell({ phase: 'asking', computing: null });
        if (!this.#view.queries.some(({ state }) => state === 'open')) this.#advance();
      },
    ];
  }

  #publish(iteration: number, count: number): void {
    const added = Array.from({ length: count }, (_, k): LoopQuery => {
      const n = this.#all.size + 1;
      const { families, idents, duplicates } = this.#options;
      const sure = n % 3 !== 0;
      const family = families[n % Math.max(1, families.length)] ?? null;
      const query: LoopQuery = {
        n,
        iteration,
        kind: k < 2 ? 'uncertain' : 'malicious',
        instanceId: `i${n}`,
        ident: idents(n),
        reason: k < 2 ? 'the model is undecided: .52' : 'far from the rest of its family: -81.2',
        value: 0.52,
        suggestion:
          n % 5 === 0 ? null : { label: n % 2 ? 'malicious' : 'benign', family, confidence: sure ? 'high' : 'low' },
        state: 'open',
        answer: null,
        duplicates,
      };
      this.#all.set(n, query);
      return query;
    });
    this.#tell({ queries: [...this.#view.queries, ...added] });
  }

  #counts(): LoopView['counts'] {
    const labels = [...this.#labels.values()];
    const count = (label: string): number => labels.filter((one) => one.label === label).length;
    const families = (label: string): number =>
      new Set(labels.filter((one) => one.label === label && one.family !== null).map(({ family }) => family)).size;
    const both = { malicious: families('malicious'), benign: families('benign') };
    return {
      labels: labels.length,
      malicious: count('malicious'),
      benign: count('benign'),
      unlabeled: 25192 - labels.length,
      families: { ...both, all: both.malicious + both.benign },
    };
  }

  #tell(change: Partial<LoopView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener(this.#view);
  }
}
