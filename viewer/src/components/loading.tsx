import type { ComponentChildren } from 'preact';
import type { Loaded } from './use-loaded.js';
import { MessageText } from './message-text.js';
import { messageOf, Notice } from './notice.js';

/** Grey lines where something is on its way; said once to screen readers. */
export function Loading({ what = 'Loading', lines = 3 }: { readonly what?: string; readonly lines?: number }) {
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">{what} …</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="loading-line" aria-hidden="true" />
      ))}
    </div>
  );
}

export interface LoadedViewProps<T> {
  readonly of: Loaded<T>;
  /** What is loaded, for the notice when it fails: `the predictions`. */
  readonly what: string;
  readonly lines?: number;
  readonly children: (value: T) => ComponentChildren;
}

/** Draws a value once it is there; grey lines before, the plain message when it failed. */
export function LoadedView<T>({ of, what, lines, children }: LoadedViewProps<T>) {
  if (of.state === 'loading') return <Loading what={`Loading ${what}`} lines={lines} />;
  if (of.state === 'failed') {
    return (
      <Notice kind="error" title={`Cannot show ${what}`}>
        <MessageText text={messageOf(of.error)} />
        <button type="button" onClick={of.again}>
          Try again
        </button>
      </Notice>
    );
  }
  return <>{children(of.value)}</>;
}
