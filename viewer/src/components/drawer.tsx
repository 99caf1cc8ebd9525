import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export interface DrawerProps {
  readonly title: ComponentChildren;
  readonly onClose: () => void;
  /** What the close button says, if not `Close`. */
  readonly closes?: string;
  /** Controls beside the close button: previous, next. */
  readonly actions?: ComponentChildren;
  /** Changes with what is shown; the drawer then scrolls back to its top. */
  readonly shows: string;
  readonly children: ComponentChildren;
}

/**
 * A region at the right edge for one instance or feature: the page beside it stays in use; on a narrow screen it covers
 * the page. It takes the focus when it opens, Escape closes it, and the focus goes back to where it was.
 */
export function Drawer({ title, onClose, closes = 'Close', actions, shows, children }: DrawerProps) {
  const id = useId();
  const drawer = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    drawer.current?.focus({ preventScroll: true });
    document.documentElement.classList.add('with-drawer');
    return () => {
      document.documentElement.classList.remove('with-drawer');
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    drawer.current?.scrollTo(0, 0);
  }, [shows]);
  return (
    <aside
      ref={drawer}
      class="drawer"
      tabIndex={-1}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        close.current();
      }}
    >
      <header class="drawer-head">
        <h2 id={id}>{title}</h2>
        <div class="panel-actions">
          {actions}
          <button type="button" onClick={onClose}>
            {closes}
          </button>
        </div>
      </header>
      <div class="drawer-body">{children}</div>
    </aside>
  );
}
