import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import { type Card, type Cards, isWebAddress } from './cards.ts';
import type { Store } from './store.ts';
import type { SandboxConnection, Settings } from './types.ts';

type Html = ReturnType<typeof html>;

interface Field {
  name: string;
  label: string;
  hint: string;
  type: 'text' | 'password';
  required: boolean;
}

const FIELDS: Field[] = [
  {
    name: 'account',
    label: 'Account',
    hint: 'The name or number of the account to read from.',
    type: 'text',
    required: true,
  },
  {
    name: 'user',
    label: 'User name',
    hint: 'A user who may read the data is enough.',
    type: 'text',
    required: true,
  },
  {
    name: 'password',
    label: 'Password or API key',
    hint: 'Sent once, for the test, and never shown to whoever sent you this link.',
    type: 'password',
    required: true,
  },
];

/** Shown only on a card that was made with `all_fields`. */
const FURTHER_FIELDS: Field[] = [
  {
    name: 'host',
    label: 'Host (optional)',
    hint: 'Only if your account has an address of its own.',
    type: 'text',
    required: false,
  },
  {
    name: 'time_zone',
    label: 'Time zone (optional)',
    hint: 'For example Europe/Berlin. Left empty, it is UTC.',
    type: 'text',
    required: false,
  },
];

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2333; --soft: #5a6478; --line: #d5dbe7; --paper: #fff;
  --ground: #eef2f9; --accent: #1f5fe0; --accent-ink: #fff; --tint: #f5f8ff; --bad: #b3261e;
  --bad-tint: #fdf0ef; --good: #1c7c4a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf4; --soft: #a4afc3; --line: #38435a;
  --paper: #1a2233; --ground: #10151f; --accent: #86aefc; --accent-ink: #0d1626; --tint: #20293c;
  --bad: #ffb4ab; --bad-tint: #3b2023; --good: #7fd6a4; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.note { margin: 0; padding: .6rem 1.25rem; text-align: center; font-size: .875rem;
  color: var(--soft); border-bottom: 1px solid var(--line); }
main { width: min(60rem, 100% - 2.5rem); margin: clamp(1.25rem, 6vh, 4rem) auto; overflow: hidden;
  background: var(--paper); border: 1px solid var(--line); border-radius: 16px;
  box-shadow: 0 18px 50px -24px rgb(20 40 90 / .35); }
main.small { width: min(34rem, 100% - 2.5rem); }
.columns { display: grid; }
@media (min-width: 48rem) { .columns.two { grid-template-columns: 1.35fr 1fr; } }
.pane { padding: clamp(1.5rem, 4vw, 2.5rem); min-width: 0; }
aside.pane { background: var(--tint); border-top: 1px solid var(--line); font-size: .9375rem; }
@media (min-width: 48rem) { .two aside.pane { border-top: 0; border-left: 1px solid var(--line); } }
.mark { display: block; margin-bottom: 1rem; color: var(--accent); }
.mark.bad { color: var(--bad); } .mark.good { color: var(--good); }
h1 { margin: 0 0 .35rem; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em; }
h2 { margin: 0 0 .75rem; font-size: 1.05rem; }
p { margin: 0 0 1rem; } .lead { color: var(--soft); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 1.25rem 0 1.75rem;
  padding: .85rem 1rem; border: 1px solid var(--line); border-radius: 10px; font-size: .9375rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.field { margin-bottom: 1.15rem; }
label { display: block; font-weight: 600; }
.hint { display: block; color: var(--soft); font-size: .875rem; margin-bottom: .35rem; }
input { width: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--soft); border-radius: 8px; }
input[aria-invalid] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.wrong { display: block; margin-top: .3rem; color: var(--bad); font-size: .875rem; }
.alert { padding: .8rem 1rem; margin-bottom: 1.4rem; color: var(--bad); background: var(--bad-tint);
  border: 1px solid; border-radius: 10px; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.75rem; }
button { padding: .65rem 1.35rem; font: inherit; font-weight: 600; border-radius: 8px;
  border: 1px solid var(--accent); background: var(--accent); color: var(--accent-ink);
  cursor: pointer; }
button.quiet { background: none; border-color: var(--line); color: inherit; }
button:hover { filter: brightness(1.08); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ol { margin: 0 0 1rem; padding-left: 1.25rem; } li { margin-bottom: .6rem; }
.until { margin: 1.5rem 0 0; color: var(--soft); font-size: .875rem; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const MARKS = {
  link: 'M9 15l6-6M10.5 6.5l1-1a4.95 4.95 0 017 7l-1 1M13.5 17.5l-1 1a4.95 4.95 0 01-7-7l1-1',
  good: 'M4.5 12.5l5 5 10-11',
  bad: 'M12 7v6M12 16.8v.2',
};

/** A card that can be shown, with the connection it is for and where it leads. */
interface Opened {
  card: Card;
  connection: SandboxConnection;
  redirectUri: string;
}

interface Office {
  settings: Settings;
  store: Store;
  cards: Cards;
}

/** The sandbox's own Connect Card: the page behind the link that the API gives. */
export function buildPages({ settings, store, cards }: Office): Hono {
  const pages = new Hono();

  pages.get('/connect-card/setup', (c) => {
    const opened = open(c);
    if (opened instanceof Promise) return opened;
    return show(200, form(c, opened), opened.redirectUri);
  });

  pages.post('/connect-card/setup', async (c) => {
    const opened = open(c);
    if (opened instanceof Promise) return opened;
    const given = await c.req.parseBody();
    if (given.action === 'cancel') return show(200, cancelled());

    const values = new Map(
      fieldsOf(opened.card).map(({ name }) => [name, String(given[name] ?? '').trim()]),
    );
    if (fieldsOf(opened.card).some(({ name, required }) => required && !values.get(name))) {
      return show(422, form(c, opened, values), opened.redirectUri);
    }
    opened.connection.status.setup_state = 'connected';
    return c.redirect(opened.redirectUri, 303);
  });

  // Somewhere for a demo's redirect-uri to lead, where there is no network.
  pages.get('/connect-card/thanks', () =>
    show(200, notice('good', 'Thank you', 'This is where your redirect-uri would lead.')),
  );

  pages.notFound(() =>
    refuse(404, 'There is no such page', 'Please open the whole link that you were sent.'),
  );
  return pages;

  /** The card that a link opens, or the page that says why it can't be opened. */
  function open(c: Context): Opened | Promise<Response> {
    const token = c.req.query('auth');
    const redirectUri = c.req.query('redirect_uri') ?? '';
    if (!token) {
      return refuse(400, 'This link is incomplete', 'Its “auth” part is missing.');
    }
    const card = cards.find(token);
    if (!card) {
      return refuse(
        403,
        'This link is not valid',
        'It isn’t one that was made here, or it was changed on the way.',
      );
    }
    if (!isWebAddress(redirectUri)) {
      return refuse(
        400,
        'This link is incomplete',
        'Its “redirect_uri” must be an address that starts with http:// or https://.',
      );
    }
    if (card.config && card.config.redirect_uri !== redirectUri) {
      return refuse(
        403,
        'This link is not valid',
        'It would send you to another address than the one it was made for.',
      );
    }
    const connection = store.find(card.connectionId);
    if (!connection) {
      return refuse(410, 'This connection is gone', 'It was deleted after the link was made.');
    }
    if (!cards.isNewest(card)) {
      return refuse(410, 'There is a newer link', 'Only the newest link works: please use that.');
    }
    if (settings.now() > cards.expiry(card)) {
      return refuse(
        410,
        'This link has expired',
        'Please ask whoever sent it to you for a fresh one.',
      );
    }
    if (connection.status.setup_state === 'connected') return show(200, done(connection));
    return { card, connection, redirectUri };
  }

  function form(c: Context, { card, connection }: Opened, values?: Map<string, string>): Html {
    const guide = c.req.query('hide_setup_guide') !== 'true';
    const until = new Date(cards.expiry(card)).toUTCString().replace(/:\d\d GMT$/, ' UTC');
    return html`<main class="${guide ? '' : 'small'}"><div class="columns ${guide ? 'two' : ''}">
<div class="pane">
${mark('link')}
<h1>Connect ${titleOf(connection)}</h1>
<p class="lead">Sign in to your account, and its data can be read from then on.</p>
<dl>
<dt>Service</dt><dd><code>${connection.service}</code></dd>
<dt>Goes to</dt><dd><code>${connection.schema}</code> in ${store.group(connection.group_id).name}</dd>
</dl>
${
  values &&
  html`<div class="alert" role="alert">Nothing was saved yet: please fill in the fields that are
marked, and your password again.</div>`
}
<form method="post" novalidate>
${fieldsOf(card).map((field) => control(field, values))}
<div class="buttons">
<button name="action" value="save">Save &amp; Test</button>
<button class="quiet" name="action" value="cancel">Cancel</button>
</div>
</form>
<p class="until">This link works until ${until}.</p>
</div>
${guide && setupGuide(connection)}
</div></main>`;
  }
}

function fieldsOf(card: Card): Field[] {
  return card.config?.all_fields ? [...FIELDS, ...FURTHER_FIELDS] : FIELDS;
}

/** One labelled field. Of values that came back, a password is the one that isn't shown again. */
function control({ name, label, hint, type, required }: Field, values?: Map<string, string>): Html {
  const wrong = required && values?.get(name) === '';
  return html`<div class="field">
<label for="${name}">${label}</label>
<span class="hint" id="${name}-hint">${hint}</span>
<input id="${name}" name="${name}" type="${type}" autocomplete="off" spellcheck="false"
value="${type === 'password' ? '' : (values?.get(name) ?? '')}"
aria-describedby="${name}-hint${wrong ? ` ${name}-wrong` : ''}" ${required && 'required'}
${wrong && raw('aria-invalid="true"')}>
${wrong && html`<span class="wrong" id="${name}-wrong">${label} is needed.</span>`}
</div>`;
}

function setupGuide(connection: SandboxConnection): Html {
  return html`<aside class="pane" aria-labelledby="guide">
<h2 id="guide">Setup guide</h2>
<ol>
<li>Sign in to ${titleOf(connection)} in another tab and make a user, or an API key, that may
read.</li>
<li>Fill in the account, the user and its password here.</li>
<li>Choose <strong>Save &amp; Test</strong>. When the test has passed you are taken back to where
you came from.</li>
</ol>
<p>In this sandbox anything passes the test, so please don’t enter a real password.</p>
</aside>`;
}

function done(connection: SandboxConnection): Html {
  return notice(
    'good',
    'All done',
    `${titleOf(connection)} is connected. You can close this page.`,
  );
}

function cancelled(): Html {
  return html`<main class="small"><div class="pane">
${mark('link')}
<h1>Nothing was saved</h1>
<p class="lead">You can close this page. The link keeps working until it expires.</p>
<p><a href="">Go back to the form</a></p>
</div></main>`;
}

function notice(kind: 'good' | 'bad', heading: string, sentence: string): Html {
  return html`<main class="small"><div class="pane">
${mark(kind)}
<h1>${heading}</h1>
<p class="lead">${sentence}</p>
</div></main>`;
}

function mark(kind: keyof typeof MARKS): Html {
  return html`<svg class="mark ${kind}" width="40" height="40" viewBox="0 0 24 24" fill="none"
stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"
aria-hidden="true"><path d="${MARKS[kind]}"/></svg>`;
}

/** `google_ads` as people write it: Google Ads. */
function titleOf({ service }: SandboxConnection): string {
  return service.replace(/(^|_)(.)/g, (_, gap, letter) => `${gap && ' '}${letter.toUpperCase()}`);
}

function refuse(status: number, heading: string, sentence: string): Promise<Response> {
  return show(status, notice('bad', heading, sentence));
}

/** Sends a page. The form may lead to the sandbox and, through it, to the redirect; nowhere else. */
async function show(status: number, content: Html, redirectUri?: string): Promise<Response> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Connect Card (sandbox)</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<p class="note">This is the sandbox’s stand-in for Fivetran’s Connect Card. Nothing you enter is
kept or sent anywhere.</p>
${content}
</body>
</html>`;
  return new Response(String(page), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': [
        "default-src 'none'",
        `style-src 'sha256-${STYLE_HASH}'`,
        `form-action 'self' ${redirectUri ? sourceOf(redirectUri) : ''}`.trim(),
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      // The address holds the token.
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/**
 * An address as a source for the policy. A host may hold characters that would end a directive
 * (`;` and `,` are legal), and IPv6 hosts can't be written at all: those fall back to the scheme.
 */
function sourceOf(address: string): string {
  const { origin, protocol } = new URL(address);
  return /^https?:\/\/[\w.-]+(:\d+)?$/.test(origin) ? origin : protocol;
}
