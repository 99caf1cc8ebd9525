import type { OriginalText } from './screen.js';

/** The streams of the person. */
export interface LabellingIo {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly errors: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  /** Whose signals (Ctrl-C from elsewhere, Ctrl-Z, the end) are heard. */
  readonly process: NodeJS.Process;
}

export interface LabellingScreenOptions {
  /** Questions and answers in lines, for screen readers and terminals that cannot do more. */
  readonly plain?: boolean;
  /** The command that opens the loop again. */
  readonly resumeCommand: string;
  /** Reads what an instance was made from; absent where the project has nothing of the kind. */
  original?(instanceId: string): Promise<OriginalText>;
}

export interface LabellingOutcome {
  /** `finished`: the loop came to its end; the others can be resumed. */
  readonly ended: 'quit' | 'finished' | 'interrupted';
  /** Answers of this sitting, all on the disk. */
  readonly answers: number;
}
