import type { ComponentChildren } from 'preact';
import { useRouter } from './context.js';

export interface LinkProps {
  /** A path of this application, with its query. */
  readonly to: string;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly current?: boolean;
  /** Inside a table that is one stop of the Tab key. */
  readonly unfocused?: boolean;
}

/** An anchor to another page: a real address to copy or open in a new tab, followed here without a reload. */
export function Link({ to, children, class: extra, current = false, unfocused = false }: LinkProps) {
  const router = useRouter();
  return (
    <a
      class={extra}
      href={router.href(to)}
      aria-current={current ? 'page' : undefined}
      tabIndex={unfocused ? -1 : undefined}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        router.go(to);
        scrollTo(0, 0);
      }}
    >
      {children}
    </a>
  );
}
