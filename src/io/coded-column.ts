/** A column of repeated words as codes into the list of its distinct words. */
export interface CodedColumn {
  /** Index into `words`, -1 where there is none. */
  readonly codes: Int32Array;
  /** Distinct, sorted by code unit. */
  readonly words: readonly string[];
}

/** Collects a coded column row by row. */
export class CodedColumnBuilder {
  private readonly codeOf = new Map<string, number>();
  private readonly codes: number[];

  /** With `rows` rows that have no word yet; further ones are added by setting them in order. */
  constructor(rows = 0) {
    this.codes = new Array<number>(rows).fill(-1);
  }

  /** The empty word is none. */
  set(row: number, word: string): void {
    if (word === '') {
      this.codes[row] = -1;
      return;
    }
    let code = this.codeOf.get(word);
    if (code === undefined) {
      code = this.codeOf.size;
      this.codeOf.set(word, code);
    }
    this.codes[row] = code;
  }

  finish(): CodedColumn {
    return sortWords(Int32Array.from(this.codes), [...this.codeOf.keys()]);
  }
}

/** The column of rows `rows` alone, without the words that no longer occur. */
export function selectCoded(column: CodedColumn, rows: Uint32Array): CodedColumn {
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]];
  return sortWords(codes, column.words);
}

/** Drops unused words, sorts the others and renumbers. */
function sortWords(codes: Int32Array, words: readonly string[]): CodedColumn {
  const used = new Uint8Array(words.length);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) used[codes[i]] = 1;
  const kept = words.map((_, code) => code).filter((code) => used[code] === 1);
  kept.sort((a, b) => (words[a] < words[b] ? -1 : 1));
  const renumbered = new Int32Array(words.length);
  kept.forEach((code, place) => {
    renumbered[code] = place;
  });
  return { codes: codes.map((code) => (code < 0 ? -1 : renumbered[code])), words: kept.map((code) => words[code]) };
}
