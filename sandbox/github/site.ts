import { type Context, Hono } from 'hono';
import type { IssueRecord } from './records.ts';
import type { GitHubSandbox } from './sandbox.ts';
import { type Html, show } from './site-frame.ts';
import { issuePage, issuesUrl, listPage, notice, runNotice } from './site-views.ts';
import type { GitHubOptions, PageEvent } from './types.ts';
import { issueUrl } from './views.ts';
import type { World } from './world.ts';

type Pages = Pick<
  GitHubSandbox,
  'addLabel' | 'comment' | 'editIssue' | 'openIssue' | 'removeLabel'
>;

/**
 * The pages of the repository's issues. They ask for no sign-in: whoever sits at this computer may
 * be anybody in the repository.
 */
export function buildSite(world: World, pages: Pages, onEvent: GitHubOptions['onEvent']): Hono {
  const site = new Hono();
  const { owner, repo, store } = world;
  /** How to run the workflows for the last event of each issue. */
  const runs = new Map<number, Html>();

  site.use(async (c, next) => {
    // A name of somebody else's that leads to this computer makes these pages theirs for a browser.
    const address = new URL(c.req.url);
    if (address.hostname !== 'localhost' && address.host !== new URL(world.url).host) {
      return refuse(421, 'This is another host', `Open ${world.url}.`);
    }
    // A page of somebody else's can't fill in these forms in the browser of whoever visits it.
    const own = c.req.method !== 'POST' || c.req.header('origin') === world.url;
    if (own) return next();
    return refuse(403, 'This was not sent from the sandbox', `Open ${world.url} and try again.`);
  });

  site.get('/', (c) => c.redirect(issuesUrl(world)));
  site.get(`/${owner}/${repo}/issues`, () =>
    show(200, `Issues of ${owner}/${repo}`, listPage(world)),
  );
  site.post(`/${owner}/${repo}/issues`, async (c) => {
    const { title, body, by } = await fields(c);
    const issue = await pages.openIssue({ title, body, author: by });
    return c.redirect(String(issue.html_url), 303);
  });

  site.get(`/${owner}/${repo}/issues/:number{[0-9]+}`, (c) => {
    const issue = find(c);
    if (!issue) return refuse(404, 'This issue doesn’t exist', `${owner}/${repo} has others.`);
    const run = runs.get(issue.number);
    return show(200, `${issue.title} · Issue #${issue.number}`, issuePage(world, issue, run));
  });
  site.post(`/${owner}/${repo}/issues/:number{[0-9]+}`, async (c) => {
    const issue = find(c);
    if (!issue) return refuse(404, 'This issue doesn’t exist', `${owner}/${repo} has others.`);
    const event = await act(issue.number, await fields(c));
    const command = await onEvent?.(event);
    if (command) runs.set(issue.number, runNotice(event.name, command));
    return c.redirect(issueUrl(world, issue), 303);
  });

  site.notFound(() => refuse(404, 'This page doesn’t exist', 'The sandbox has pages of issues.'));
  site.onError((error) => refuse(422, 'This can’t be done', error.message));
  return site;

  function find(c: Context): IssueRecord | undefined {
    const issue = store.issue(Number(c.req.param('number')));
    return issue?.gone ? undefined : issue;
  }

  async function act(issue: number, given: Fields): Promise<PageEvent> {
    const { action, by, body, label } = given;
    const name = 'issues';
    switch (action) {
      case 'comment':
        return { name: 'issue_comment', payload: await pages.comment(issue, body, by) };
      case 'label':
        return { name, payload: await pages.addLabel(issue, label, by) };
      case 'unlabel':
        return { name, payload: await pages.removeLabel(issue, label, by) };
      case 'close':
        return { name, payload: await pages.editIssue(issue, { state: 'closed' }, by) };
      case 'reopen':
        return { name, payload: await pages.editIssue(issue, { state: 'open' }, by) };
      default:
        throw new Error(`The page has no action ${action}.`);
    }
  }
}

type Fields = Record<'action' | 'by' | 'body' | 'label' | 'title', string>;

async function fields(c: Context): Promise<Fields> {
  const given = await c.req.parseBody();
  const text = (name: string) => String(given[name] ?? '').trim();
  return {
    action: text('action'),
    by: text('by'),
    body: text('body'),
    label: text('label'),
    title: text('title'),
  };
}

function refuse(status: number, heading: string, sentence: string): Promise<Response> {
  return show(status, heading, notice(heading, sentence));
}
