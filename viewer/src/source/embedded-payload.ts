import { payloadElementId, type ReportPayload } from '../../../src/schema/report-payload.js';

/** The payload inside this file: JSON, compressed with gzip, in base64. Rejects where the file is only the template. */
export async function embeddedPayload(): Promise<ReportPayload> {
  const text = document.getElementById(payloadElementId)?.textContent?.trim() ?? '';
  if (text === '') throw new Error('This file holds no result: make a report with “secuml export ID --format html”.');
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(plain).json()) as ReportPayload;
}
