import { payloadElementId } from '../schema/report-payload.js';

const holder = `<script type="application/gzip+base64" id="${payloadElementId}"></script>`;

/** Bytes of gzip that a page of at most `largest` bytes has room for. */
export function roomForPayload(template: string, largest: number): number {
  return Math.floor((largest - Buffer.byteLength(template)) / 4) * 3;
}

/**
 * The page of a report: the built viewer with the payload inside, in base64, which holds nothing that HTML knows.
 * @param template the built page, with its empty element for the payload
 * @param payload JSON compressed with gzip
 */
export function fillTemplate(template: string, payload: Uint8Array): string {
  const [before, after, ...more] = template.split(holder);
  if (after === undefined || more.length > 0) throw new Error('the template of reports has no place for the payload');
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64');
  return `${before}${holder.replace('></', () => `>${text}</`)}${after}`;
}
