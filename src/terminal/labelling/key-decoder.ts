/** What a person pressed or pasted. */
export type Key =
  | { readonly name: 'text'; readonly text: string }
  | { readonly name: 'paste'; readonly text: string }
  | { readonly name: NamedKey };

export type NamedKey =
  | 'enter'
  | 'escape'
  | 'backspace'
  | 'delete'
  | 'tab'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down'
  | 'ctrl-c'
  | 'ctrl-l'
  | 'ctrl-u'
  | 'ctrl-z'
  /** A sequence that means nothing here. */
  | 'unknown';

const controls: Readonly<Record<string, NamedKey>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\x7f': 'backspace',
  '\x03': 'ctrl-c',
  '\x0c': 'ctrl-l',
  '\x15': 'ctrl-u',
  '\x1a': 'ctrl-z',
};

const finals: Readonly<Record<string, NamedKey>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
};

const tildes: Readonly<Record<string, NamedKey>> = {
  '1': 'home',
  '3': 'delete',
  '4': 'end',
  '5': 'page-up',
  '6': 'page-down',
  '7': 'home',
  '8': 'end',
};

const pasteBegins = '\x1b[200~';
const pasteEnds = '\x1b[201~';
/** Of a pasted text the rest is dropped. */
const longestPaste = 10_000;
/** A sequence that is longer is none. */
const longestSequence = 64;

/**
 * Turns what a terminal sends into keys. A sequence may come in pieces: what is not complete waits for more, or for
 * `flush`, which the caller owes it some time after `waits` has become true.
 */
export class KeyDecoder {
  #rest = '';
  #pasted: string | null = null;

  /** Whether the beginning of a sequence, or of a pasted text, has come and not its end. */
  get waits(): boolean {
    return this.#rest !== '' || this.#pasted !== null;
  }

  /** Whether what waits is a pasted text, which takes longer to come than the sequence of a key. */
  get pasting(): boolean {
    return this.#pasted !== null;
  }

  /** The keys in a piece of input. */
  feed(piece: string): Key[] {
    let rest = this.#rest + piece;
    this.#rest = '';
    const keys: Key[] = [];
    while (rest !== '') {
      if (this.#pasted !== null) rest = this.#paste(rest, keys);
      else if (rest.startsWith(pasteBegins)) {
        this.#pasted = '';
        rest = rest.slice(pasteBegins.length);
      } else if (rest.startsWith('\x1b')) {
        const length = sequenceLength(rest);
        if (length === undefined) {
          this.#rest = rest;
          break;
        }
        keys.push(sequenceKey(rest.slice(0, length)));
        rest = rest.slice(length);
      } else {
        const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
        keys.push(characterKey(character));
        rest = rest.slice(character.length);
      }
    }
    return keys;
  }

  /** What waits, as it is: a lone escape character is the key; a pasted text ends here; a broken sequence is dropped. */
  flush(): Key[] {
    const [rest, pasted] = [this.#rest, this.#pasted];
    this.#rest = '';
    this.#pasted = null;
    if (pasted !== null) return [{ name: 'paste', text: pasted }];
    if (rest === '') return [];
    return [{ name: rest === '\x1b' ? 'escape' : 'unknown' }];
  }

  /** Takes the pasted text up to its end; returns what comes after. */
  #paste(rest: string, keys: Key[]): string {
    const end = rest.indexOf(pasteEnds);
    if (end >= 0) {
      keys.push({ name: 'paste', text: ((this.#pasted ?? '') + rest.slice(0, end)).slice(0, longestPaste) });
      this.#pasted = null;
      return rest.slice(end + pasteEnds.length);
    }
    // Its end may be there in part.
    let kept = 0;
    for (let length = 1; length < pasteEnds.length && length <= rest.length; length++) {
      if (pasteEnds.startsWith(rest.slice(-length))) kept = length;
    }
    this.#pasted = ((this.#pasted ?? '') + rest.slice(0, rest.length - kept)).slice(0, longestPaste);
    this.#rest = rest.slice(rest.length - kept);
    return '';
  }
}

/** Characters of the escape sequence that `text` begins with; undefined where its end has not come. */
function sequenceLength(text: string): number | undefined {
  if (text.length === 1) return undefined;
  const kind = text[1];
  if (kind === '\x1b') return 1;
  if (kind === 'O') return text.length < 3 ? undefined : 3;
  if (kind === ']' || kind === 'P' || kind === '_' || kind === '^') return stringLength(text);
  if (kind !== '[') return 1 + String.fromCodePoint(text.codePointAt(1) ?? 0).length;
  for (let i = 2; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x40 && code <= 0x7e) return i + 1;
    if (code < 0x20 || code > 0x3f || i > longestSequence) return i;
  }
  return undefined;
}

/** A reply of the terminal, ended by BEL or ST; one without an end is cut off. */
function stringLength(text: string): number | undefined {
  const ends = ['\x07', '\x1b\\'].map((mark) => ({ mark, at: text.indexOf(mark, 2) })).filter(({ at }) => at >= 0);
  if (ends.length > 0) return Math.min(...ends.map(({ mark, at }) => at + mark.length));
  return text.length > longestPaste ? text.length : undefined;
}

function sequenceKey(sequence: string): Key {
  if (sequence === '\x1b') return { name: 'escape' };
  const rest = sequence.slice(1);
  const arrow = /^(?:O|\[(?:1;\d+)?)([A-DFH])$/.exec(rest);
  if (arrow) return { name: finals[arrow[1]] };
  const tilde = /^\[(\d+)(?:;\d+)?~$/.exec(rest);
  return { name: (tilde && tildes[tilde[1]]) || 'unknown' };
}

function characterKey(character: string): Key {
  if (Object.hasOwn(controls, character)) return { name: controls[character] };
  // What cannot be seen must not become part of a family's name.
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character) ? { name: 'unknown' } : { name: 'text', text: character };
}
