import type { ServerResponse } from 'node:http';

/** Scripts and styles from this server alone, never inline; nothing from elsewhere, and nobody frames the page. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * A project's own view: its script runs in a frame without origin (so without cookie and storage) and without network,
 * forms, pop-ups or the page around it; only our pages frame it. Browsers have no way yet to keep it from WebRTC, nor from having a name
 * looked up by a navigation that is refused: the page is run only once somebody has allowed it.
 */
export const viewPolicy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** Headers of every answer. */
export function setSecurityHeaders(response: ServerResponse, { secure }: { readonly secure: boolean }): void {
  response.setHeader('Content-Security-Policy', pagePolicy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('X-DNS-Prefetch-Control', 'off');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), usb=()');
  if (secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}
