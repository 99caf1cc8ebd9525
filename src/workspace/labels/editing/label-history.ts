import type { LabelEvent } from '../../../schema/label-event.js';
import type { LabelChange } from '../label-store.js';

/** What wrote events as a whole, as the `source` of each of them begins. */
export const operationKinds = [
  'family rename',
  'family merge',
  'family split',
  'family swap',
  'labels import',
  'labels cluster',
  'labels area',
  'labels undo',
] as const;

export type OperationKind = (typeof operationKinds)[number];

/** The numbers of the first and the last event of an operation. */
export interface EventRange {
  readonly first: number;
  readonly last: number;
}

/** Events that count as one. */
export interface LabelOperation extends EventRange {
  readonly kind: OperationKind;
  readonly at: string;
  readonly author: string | null;
  /** Its events in the log; fewer than its range where the process was ended while it wrote them. */
  readonly written: number;
  /** Instances whose label still is what it made of them: 0 when it was undone or answered over. */
  readonly holding: number;
  /** Of an undo: what it took back. */
  readonly of: EventRange | null;
  /** Somebody took it back, wholly or as far as it still held. */
  readonly undone: boolean;
  /** Position of its first event in the log; its others follow. */
  readonly position: number;
}

const sourcePattern = new RegExp(
  `^(${operationKinds.join('|')}) (\\d{1,15})-(\\d{1,15})(?: of (\\d{1,15})-(\\d{1,15}))?$`,
);

/** The `source` of the events of an operation: its kind, its range, and of an undo what it takes back. */
export function operationSource(kind: OperationKind, { first, last }: EventRange, of?: EventRange): string {
  return `${kind} ${first}-${last}${of === undefined ? '' : ` of ${of.first}-${of.last}`}`;
}

/** The operation that an event says it is a part of; null for a single answer. */
function readSource({ source, n }: LabelEvent): (EventRange & { kind: OperationKind; of: EventRange | null }) | null {
  const [, kind, first, last, ofFirst, ofLast] = (source === null ? null : sourcePattern.exec(source)) ?? [];
  if (kind === undefined || n < Number(first) || n > Number(last)) return null;
  const of = ofFirst === undefined ? null : { first: Number(ofFirst), last: Number(ofLast) };
  return { kind: kind as OperationKind, first: Number(first), last: Number(last), of };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A log as a sequence of operations and single answers, and which event each instance has its label from. An undo gives
 * an instance back to the event before the one it takes back, so that operations can be undone one after the other, in
 * any order, and none twice. O(events).
 */
export class LabelHistory {
  /** In the order of the log. */
  readonly operations: LabelOperation[] = [];
  /** By position in the log: the operation of an event, -1 for a single answer. */
  readonly operationOf: Int32Array;
  /** By instance_id: position of the event that it has its label from. */
  private readonly holding = new Map<string, number>();
  /** By position: the one that held before. */
  private readonly before: Int32Array;

  constructor(readonly events: readonly LabelEvent[]) {
    this.before = new Int32Array(events.length).fill(-1);
    this.operationOf = new Int32Array(events.length).fill(-1);
    let current: Writable<LabelOperation> | undefined;
    let source: string | null = null;
    for (const [at, event] of events.entries()) {
      if (current === undefined || event.source !== source) {
        current = this.begin(event, at);
        source = event.source;
      } else current.written++;
      if (current) this.operationOf[at] = this.operations.length - 1;
      this.take(at, event, current?.of ?? null);
    }
  }

  /** The operation that an event is a part of. */
  containing(n: number): LabelOperation | undefined {
    return this.operations.find(({ first, last }) => n >= first && n <= last);
  }

  /** The last operation that still holds for some instance; an undo is none. */
  get lastStanding(): LabelOperation | undefined {
    return this.operations.findLast(({ kind, holding }) => kind !== 'labels undo' && holding > 0);
  }

  /** The events of an operation. */
  eventsOf({ position, written }: LabelOperation): readonly LabelEvent[] {
    return this.events.slice(position, position + written);
  }

  /** What the instances say once the events of a range are taken back, where they still hold. */
  withoutRange({ first, last }: EventRange): LabelChange[] {
    const changes: LabelChange[] = [];
    for (const at of this.holding.values()) {
      const { n, previous, instance_id: instanceId, ident } = this.events[at];
      if (n < first || n > last) continue;
      changes.push({ instanceId, ident, label: previous?.label ?? null, family: previous?.family ?? null });
    }
    return changes;
  }

  private begin(event: LabelEvent, position: number): Writable<LabelOperation> | undefined {
    const read = readSource(event);
    if (read === null) return undefined;
    const { at, author } = event;
    const operation = { ...read, at, author, written: 1, holding: 0, undone: false, position };
    this.operations.push(operation);
    if (read.of !== null) {
      const { first, last } = read.of;
      for (const other of this.operations as Writable<LabelOperation>[]) {
        if (other.first === first && other.last === last) other.undone = true;
      }
    }
    return operation;
  }

  private take(at: number, event: LabelEvent, of: EventRange | null): void {
    const { instance_id: id } = event;
    const held = this.holding.get(id) ?? -1;
    this.count(held, -1);
    const n = held < 0 ? 0 : this.events[held].n;
    if (of !== null && n >= of.first && n <= of.last) {
      const back = this.before[held];
      if (back < 0) this.holding.delete(id);
      else this.holding.set(id, back);
      this.count(back, 1);
      return;
    }
    this.before[at] = held;
    this.holding.set(id, at);
    this.count(at, 1);
  }

  private count(at: number, by: number): void {
    const operation = at < 0 ? -1 : this.operationOf[at];
    if (operation >= 0) (this.operations[operation] as Writable<LabelOperation>).holding += by;
  }
}
