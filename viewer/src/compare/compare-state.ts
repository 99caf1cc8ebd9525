/** What the comparison shows, as its address says it. */
export interface CompareState {
  /** The first is what the others are held against. */
  readonly ids: readonly string[];
  readonly part: string | null;
  /** Whose differences from the first are shown in detail; null: the second's. */
  readonly other: string | null;
}

export function readCompareState(query: URLSearchParams): CompareState {
  return { ids: [...new Set(query.getAll('id'))], part: query.get('part'), other: query.get('other') };
}

export function writeCompareState({ ids, part, other }: CompareState): URLSearchParams {
  const query = new URLSearchParams(ids.map((id) => ['id', id]));
  if (part !== null) query.set('part', part);
  if (other !== null) query.set('other', other);
  return query;
}
