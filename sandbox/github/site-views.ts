import { html, raw } from 'hono/html';
import { cardLinks } from '../card-links.ts';
import { EXAMPLE_ISSUE } from '../example-issue.ts';
import { toHtml } from './markdown.ts';
import { isBot, slugOf, WORKFLOW } from './people.ts';
import type { CommentRecord, IssueRecord, ReactionContent } from './records.ts';
import { type Html, snippet } from './site-frame.ts';
import { issueUrl } from './views.ts';
import type { World } from './world.ts';

// What a browser shows. Values in `html` are escaped; `raw` has only what toHtml made safe.

const EMOJI: Record<ReactionContent, string> = {
  '+1': '👍',
  '-1': '👎',
  laugh: '😄',
  confused: '😕',
  heart: '❤️',
  hooray: '🎉',
  rocket: '🚀',
  eyes: '👀',
};

/** An issue with its comments, and what people can do there. */
export function issuePage(world: World, issue: IssueRecord, run: Html | undefined): Html {
  const { number, title, state, author, createdAt, comments } = issue;
  return html`<h1>${title} <span class="number">#${number}</span></h1>
<div class="meta"><span class="state ${state}">${state === 'open' ? 'Open' : 'Closed'}</span>
<span><b>${author}</b> opened this issue on ${time(createdAt)}</span>
<span>· <a href="${issuesUrl(world)}">All issues of ${world.owner}/${world.repo}</a></span></div>
${run}
<div class="columns"><div>
${post({ author, createdAt, body: issue.body ?? '', verb: 'opened this' })}
${comments.map((comment) => post({ ...comment, verb: 'commented', reactions: comment.reactions }))}
${commentForm(world)}
</div><div>
<section><h2>Labels</h2>
<p>${issue.labels.length === 0 && 'None yet'}${issue.labels.map(({ name }) => html`<span class="label">${name}</span>`)}</p>
${labelForm(world, issue)}</section>
${customer(comments)}
<section><h2>State</h2><form method="post">${personField(world, 'ada', 'state-by')}
<button name="action" value="${state === 'open' ? 'close' : 'reopen'}">${state === 'open' ? 'Close issue' : 'Reopen issue'}</button>
</form></section>
</div></div>`;
}

interface Post {
  author: string;
  createdAt: number;
  body: string;
  verb: string;
  id?: number;
  reactions?: CommentRecord['reactions'];
}

function post({ author, createdAt, body, verb, id, reactions = [] }: Post): Html {
  const anchor = id === undefined ? '' : html` id="issuecomment-${id}"`;
  const name = slugOf(author);
  return html`<article class="box"${anchor}><div class="head">
<span class="avatar" aria-hidden="true">${name[0]?.toUpperCase()}</span><b>${name}</b>
${isBot(author) && html`<span class="bot">bot</span>`}<span>${verb} on ${time(createdAt)}</span></div>
<div class="markdown-body">${markdown(body)}</div>
${
  reactions.length > 0 &&
  html`<div class="reactions">${reactions.map(({ content }) => html`<span>${EMOJI[content]}</span> `)}</div>`
}</article>`;
}

/** A text in Markdown; GitHub adds a button that copies to every block of code. */
function markdown(text: string): Html[] {
  return toHtml(text)
    .split(/(<pre>.*?<\/pre>)/s)
    .map((part) => (part.startsWith('<pre>') ? snippet(raw(part)) : html`${raw(part)}`));
}

/** On GitHub nobody has this: whoever tries the action is also the customer. */
function customer(comments: readonly CommentRecord[]): Html | false {
  const own = comments.filter(({ author }) => author === WORKFLOW);
  const links = own.flatMap(({ body }) => cardLinks(body));
  if (links.length === 0) return false;
  return html`<section><h2>Be the customer</h2>
<p>Open a link from the comment, fill in anything, and choose Save &amp; Test.</p>
<ul>${links.map(
    ({ link, name = 'Open the link' }) =>
      html`<li><a href="${link}" target="_blank" rel="noreferrer">${name}</a></li>`,
  )}</ul></section>`;
}

function commentForm(world: World): Html {
  return html`<form method="post">
<label for="body">Comment</label>
<textarea id="body" name="body" required>/connect-card</textarea>
${personField(world, 'nina', 'comment-by')}
<button class="main" name="action" value="comment">Comment</button>
</form>`;
}

function labelForm(world: World, issue: IssueRecord): Html {
  const known = issue.labels.map(({ name }) => name);
  return html`<form method="post">
<label for="label">Label</label>
<input id="label" name="label" value="connect-card" list="labels" required>
<datalist id="labels">${known.map((name) => html`<option value="${name}">`)}</datalist>
${personField(world, 'tess', 'label-by')}
<button class="main" name="action" value="label">Add label</button>
<button name="action" value="unlabel">Remove label</button>
</form>`;
}

/** Who does it: whoever uses the sandbox may be anybody. */
function personField({ people }: World, usual: string, id: string): Html {
  return html`<label for="${id}">As</label><select id="${id}" name="by">${people
    .all()
    .filter(({ login }) => !isBot(login))
    .map(
      ({ login, role }) =>
        html`<option value="${login}"${login === usual && raw(' selected')}>${login} (${
          typeof role === 'string' ? ROLES[role] : role.name
        })</option>`,
    )}</select>`;
}

const ROLES = {
  none: 'no role',
  read: 'read',
  triage: 'triage',
  write: 'write',
  maintain: 'maintain',
  admin: 'admin',
};

/** All issues, and a form for another one. */
export function listPage(world: World): Html {
  const issues = world.store.issues.filter(({ gone }) => !gone).toReversed();
  return html`<h1>Issues of ${world.owner}/${world.repo}</h1>
<div class="columns"><div class="box"><ul class="list">
${issues.map(
  (issue) => html`<li><span class="state ${issue.state}">${issue.state}</span>
<a href="${issueUrl(world, issue)}">${issue.title}</a>
${issue.labels.map(({ name }) => html` <span class="label">${name}</span>`)}
<small>#${issue.number} opened on ${time(issue.createdAt)} by ${issue.author}</small></li>`,
)}
${issues.length === 0 && html`<li>No issue yet.</li>`}
</ul></div><div>
<h2>New issue</h2>
<form method="post">
<label for="title">Title</label><input id="title" name="title" value="${EXAMPLE_ISSUE.title}" required>
<label for="body">Description, as your issue form would write it</label>
<textarea id="body" name="body" rows="14" required>${EXAMPLE_ISSUE.body}</textarea>
${personField(world, 'nina', 'issue-by')}
<button class="main" name="action" value="open">Open issue</button>
</form></div></div>`;
}

/** What would start on GitHub, and how to start it here. */
export function runNotice(event: string, command: string): Html {
  return html`<div class="run" role="status"><p>On GitHub this would start the workflows for the event
<code>${event}</code>. To run yours:</p>${snippet(html`<pre>${command}</pre>`)}</div>`;
}

export function notice(heading: string, sentence: string): Html {
  return html`<h1>${heading}</h1><p>${sentence}</p>`;
}

export function issuesUrl({ url, owner, repo }: World): string {
  return `${url}/${owner}/${repo}/issues`;
}

/** As «25 Nov 2026, 09:30 UTC». */
function time(ms: number): string {
  return new Date(ms)
    .toUTCString()
    .replace(/^\w+, 0?(.*):\d\d GMT$/, '$1 UTC')
    .replace(/(\d{4}) /, '$1, ');
}
