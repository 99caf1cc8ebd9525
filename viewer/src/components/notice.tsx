import type { ComponentChildren } from 'preact';

export interface NoticeProps {
  readonly kind: 'warning' | 'error' | 'empty' | 'information';
  readonly title?: ComponentChildren;
  /** What happened, and what to do. */
  readonly children?: ComponentChildren;
}

const shapes = { warning: '▲', error: '✕', empty: '∅', information: 'ℹ' } as const;

/** A warning, an error, or nothing to show: in plain words, with what to do. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : kind === 'warning' ? 'note' : undefined}>
      <span class="notice-shape" aria-hidden="true">
        {shapes[kind]}
      </span>
      <div>
        {title !== undefined && <p class="notice-title">{title}</p>}
        {children !== undefined && <div class="notice-body">{children}</div>}
      </div>
    </div>
  );
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
