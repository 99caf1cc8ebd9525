/** Reads one raw mail: what a person would read of it, and when it arrived. */
import { convert } from 'html-to-text';
import PostalMime from 'postal-mime';

/** The corpus was published in 2002 to 2005 and its mails are of 2001 and 2002; other years are wrong clocks. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2005;

/** The corpus package was decoded as UTF-8, so every byte of another encoding is already lost. */
const LOST_BYTE = '\ufffd';

const HTML_START =
  /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|font|center|p|div)\b/i;
const LINK = /^(?:https?|ftp|mailto):/i;
const COMMENT = /\([^()]*\)/g;

/** @param {string} target where a link leads; scripts and paths without a host are no addresses */
const cleanLink = (target) => (LINK.test(target) ? target.replace(/\s+/g, '') : '');

/** @param {string} html */
const htmlToText = (html) =>
  convert(html, {
    wordwrap: false,
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: [' ', ' '], pathRewrite: cleanLink } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });

/**
 * The body as a mail program shows it: the HTML part if there is one, else the text, which may be HTML undeclared.
 * @param {{ text?: string, html?: string }} mail
 */
function bodyOf({ text = '', html = '' }) {
  const shown = html.trim() ? htmlToText(html) : '';
  if (shown.trim()) return shown;
  return HTML_START.test(text) ? htmlToText(text) : text;
}

/**
 * @param {string | undefined} received a Received header: the time stands behind its last semicolon
 * @returns {string | undefined} `YYYY-MM-DD HH:MM:SS` in UTC
 */
function timeOf(received) {
  if (!received?.includes(';')) return undefined;
  const written = received.slice(received.lastIndexOf(';') + 1).replace(COMMENT, ' ');
  const time = new Date(Date.parse(written.trim()));
  if (Number.isNaN(time.getTime())) return undefined;
  const year = time.getUTCFullYear();
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  return time.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).replace('T', ' ');
}

/**
 * @param {string} raw
 * @returns {Promise<{ subject: string, body: string, timestamp: string | undefined }>}
 */
export async function readMail(raw) {
  const mail = await PostalMime.parse(raw.replaceAll(LOST_BYTE, ' '));
  const topmost = mail.headers.find(({ key }) => key === 'received');
  return { subject: mail.subject ?? '', body: bodyOf(mail), timestamp: timeOf(topmost?.value) };
}
