/** What the login page says and asks. No text of a dataset or a request is in it. */
export interface LoginPage {
  /** Ask for a password. */
  readonly password: boolean;
  /** People get in by a one-time URL of the terminal. */
  readonly oneTimeUrl: boolean;
  /** Why the person sees the page again. */
  readonly problem?: string;
}

/** Where the login page's stylesheet is found: no inline style is allowed. */
export const loginStylePath = '/login.css';

export const loginStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 15vh auto 0; max-width: 34rem; padding: 0 1.5rem; }
h1 { font-size: 1.25rem; }
code { font-size: .95em; }
input, button { font: inherit; padding: .4rem .6rem; }
[role=alert] { border-left: 3px solid #c2410c; padding-left: .75rem; }
`;

/** A page without script. */
export function loginPage({ password, oneTimeUrl, problem }: LoginPage): string {
  const parts = [
    problem === undefined ? '' : `<p role="alert">${problem}</p>`,
    oneTimeUrl
      ? `<p>Copy the URL that <code>secuml serve</code> printed in its terminal: it holds a token that signs in one
browser, once. For another browser, or if it was used already, press Enter in that terminal and copy the new URL.</p>`
      : '',
    password
      ? `<form method="post" action="/login">
<p><label>Password<br><input type="password" name="password" required autofocus autocomplete="current-password"></label>
<button>Sign in</button></p></form>`
      : '',
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in · secuml</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="${loginStylePath}"></head>
<body><main><h1>secuml: sign in</h1>
${parts.filter((part) => part !== '').join('\n')}
</main></body></html>
`;
}
