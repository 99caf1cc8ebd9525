import type { AlertRow } from '../../../src/schema/panels/alerts.js';
import { DataText } from '../components/data-text.js';

interface AlertLinkProps {
  readonly alert: AlertRow;
  readonly onOpen: (alert: AlertRow) => void;
}

/** An alert by its name, which opens it. */
export function AlertLink({ alert, onOpen }: AlertLinkProps) {
  const { ident, instanceId } = alert;
  return (
    <button type="button" class="link" onClick={() => onOpen(alert)}>
      <DataText text={ident === '' ? instanceId : ident} max={40} />
    </button>
  );
}
