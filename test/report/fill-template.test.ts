import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fillTemplate, roomForPayload } from '../../src/report/fill-template.js';

const holder = '<script type="application/gzip+base64" id="secuml-report"></script>';
const template = `<!doctype html>$&<body>${holder}</body>`;

describe('fillTemplate', () => {
  it('puts the payload into its element and changes nothing else', () => {
    const payload = gzipSync(JSON.stringify({ ident: '</script><script>alert(1)</script>' }));
    const page = fillTemplate(template, payload);
    const inside = /id="secuml-report">([A-Za-z0-9+/=]*)<\/script>/.exec(page)?.[1] ?? '';
    expect(gunzipSync(Buffer.from(inside, 'base64')).toString()).toContain('alert(1)');
    expect(roomForPayload(template, page.length)).toBeGreaterThanOrEqual(payload.length);
    expect(roomForPayload(template, page.length - 4)).toBeLessThan(payload.length + 3);
    expect(page.replace(inside, '')).toBe(template);
    expect(page).not.toContain('alert');
  });

  it('refuses a template without a place, or with two', () => {
    expect(() => fillTemplate('<body></body>', new Uint8Array())).toThrow('no place');
    expect(() => fillTemplate(holder + holder, new Uint8Array())).toThrow('no place');
  });
});
