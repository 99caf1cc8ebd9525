/**
 * What a thread does for the server: methods of one argument each, which, like their outputs, can be copied between
 * threads.
 */
export type Service = { readonly [method: string]: (argument: never) => Promise<unknown> };

/** What a method of a service is called with and what it gives. */
export type ArgumentOf<S extends Service, M extends keyof S> = Parameters<S[M]>[0];
export type OutputOf<S extends Service, M extends keyof S> = Awaited<ReturnType<S[M]>>;

export interface CallMessage {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
  /** The output is wanted as JSON in UTF-8. */
  readonly asJson: boolean;
}

/**
 * `began` comes when a thread has come to a call, and one of the others when it is done with it. An error's class does
 * not survive the way between threads, so those we know are spelled out.
 */
export type ReplyMessage = { readonly id: number } & (
  | { readonly began: true }
  | { readonly output: unknown }
  | { readonly refusal: { readonly status: number; readonly message: string; readonly hint?: string } }
  | { readonly bug: string }
);
