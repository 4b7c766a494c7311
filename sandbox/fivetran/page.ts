import { type Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import { type Card, type Cards, isWebAddress } from './cards.ts';
import { displayNameOf } from './display-names.ts';
import { FIELDS, type Field, FURTHER_FIELDS } from './page-fields.ts';
import { type Html, show } from './page-frame.ts';
import type { Store } from './store.ts';
import type { SandboxConnection, Settings } from './types.ts';

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

interface PageContext {
  settings: Settings;
  store: Store;
  cards: Cards;
}

/** The sandbox's own Connect Card: the page behind the link that the API gives. */
export function buildPages({ settings, store, cards }: PageContext): Hono {
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
    return c.redirect(returnAddress(opened.redirectUri, opened.connection), 303);
  });

  // Somewhere for a demo's redirect-uri to lead, where no network exists.
  pages.get('/connect-card/thanks', () =>
    show(200, notice('good', 'Thank you', 'This is where your redirect-uri would lead.')),
  );

  pages.notFound(() =>
    refuse(404, 'This page doesn’t exist', 'Please open the whole link that you were sent.'),
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
        'It was not created here, or it was changed on the way.',
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
        'It would send you to another address than the one it was created for.',
      );
    }
    const connection = store.find(card.connectionId);
    if (!connection) {
      return refuse(410, 'This connection is gone', 'It was deleted after the link was created.');
    }
    if (!cards.isNewest(card)) {
      return refuse(410, 'A newer link exists', 'Only the newest link works: please use that.');
    }
    if (settings.now() > cards.expiry(card)) {
      return refuse(
        410,
        'This link has expired',
        'Please ask whoever sent it to you for a new one.',
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
<li>Sign in to ${titleOf(connection)} in another tab and create a user, or an API key, that may
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

function titleOf({ service }: SandboxConnection): string {
  return displayNameOf(service);
}

/** Where the browser is sent: Fivetran adds the connection's id to the query. */
function returnAddress(redirectUri: string, { id }: SandboxConnection): string {
  const [address = '', ...fragment] = redirectUri.split('#');
  const query = `${address.includes('?') ? '&' : '?'}id=${encodeURIComponent(id)}`;
  return [address + query, ...fragment].join('#');
}

function refuse(status: number, heading: string, sentence: string): Promise<Response> {
  return show(status, notice('bad', heading, sentence));
}
