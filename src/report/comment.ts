import { COMMAND } from '../github/event.ts';
import type { Card } from '../model/connection.ts';
import { errorOf, type LinkResult } from '../model/link.ts';
import { code, plain, readableTime } from './markdown.ts';

/** What the comments speak about. Whatever of it comes from an issue has been checked by then. */
export interface Subject {
  service: string;
  /** The connection's destination name. */
  name: string;
}

const AGAIN = `comment \`${COMMAND}\` on this issue`;

export function preparingText({ service }: Subject): string {
  return page('Making your link', `A link to connect ${code(service)} is being made. One moment…`);
}

/** The link, and what to do with it. */
export function linkText({ service, name }: Subject, card: Card, renewed: boolean): string {
  return page(
    'Connect your data source',
    renewed ? 'Here is a fresh link. Use this one from now on.' : 'Your link is ready.',
    `**[Open your Connect Card](${target(card.link)})**`,
    [
      `1. The link opens a page of Fivetran, the service that moves the data. Sign in there to your own ${code(service)} account; nobody here sees what you enter.`,
      '2. Press **Save & Test**.',
      `3. Done: your data arrives under the name ${code(name)}.`,
    ].join('\n'),
    `The link works until **${readableTime(card.expiresAt)}**. Keep it to yourself: whoever has it can connect a source in your place.`,
    `Too late, or did something go wrong? Then ${AGAIN}, and this comment gets a fresh link.`,
  );
}

/** Where everybody could read the link, it isn't shown. */
export function handedOverText({ service, name }: Subject, card: Card): string {
  return page(
    'Connect your data source',
    `A link to connect ${code(service)} as ${code(name)} was made. Everybody can read this repository, so the link isn't shown here: it was handed to the workflow's next step, which delivers it.`,
    `It works until **${readableTime(card.expiresAt)}**. For a fresh one, ${AGAIN}.`,
  );
}

/** GitHub takes 65,536 characters; a little is left for the record. */
const MOST_CHARACTERS = 60_000;

/** Many links at once, as far as a comment holds them. */
export function linksText(results: readonly LinkResult[], shown: boolean): string {
  const lines: string[] = [];
  let characters = 0;
  for (const [index, result] of results.entries()) {
    const line = linkLine(result, shown);
    characters += line.length + 1;
    if (characters > MOST_CHARACTERS) {
      lines.push(`- … and ${results.length - index} more, in the run's results.`);
      break;
    }
    lines.push(line);
  }
  return page(
    'Connect your data sources',
    shown
      ? 'Each link opens a page of Fivetran, the service that moves the data: sign in there to your own account, and press **Save & Test**. Keep the links to yourself: whoever has one can connect a source in your place.'
      : "The links were made. Everybody can read this repository, so they aren't shown here: they were handed to the workflow's next step, which delivers them.",
    lines.join('\n'),
  );
}

function linkLine(result: LinkResult, shown: boolean): string {
  const { target: requested, outcome, connection, card } = result;
  const error = errorOf(result);
  const name = connection?.name ?? requested.schema ?? requested.connectionId ?? '';
  const label = [requested.name && plain(requested.name), name && code(name)]
    .filter(Boolean)
    .join(', ');
  if (error) return `- ${label}: no link (${code(error.code)})`;
  if (!card) return `- ${label}: ${outcome === 'connected' ? 'connected already' : outcome}`;
  const until = `until ${readableTime(card.expiresAt)}`;
  return shown
    ? `- ${label}: [open the Connect Card](${target(card.link)}), ${until}`
    : `- ${label}: made, ${until}`;
}

export function connectedText({ service, name }: Subject): string {
  return page(
    'Connected',
    `${code(service)} is connected, and its data arrives under the name ${code(name)}. There is nothing more to do.`,
  );
}

export function expiredText({ service, name }: Subject): string {
  return page(
    'The link has expired',
    `The link to connect ${code(service)} as ${code(name)} worked for a day, and nobody has finished with it yet.`,
    `For a fresh one, ${AGAIN}.`,
  );
}

export function brokenText({ service, name }: Subject): string {
  return page(
    'The connection needs mending',
    `${code(service)} was connected as ${code(name)}, but Fivetran can't get at its data any more: a password was changed, perhaps, or access was taken back.`,
    `To mend it, ${AGAIN}: the fresh link leads to where you sign in again.`,
  );
}

/** The form can't be used as it is. */
export function incompleteText(
  problems: ReadonlyArray<{ input: string; message: string; fix: string }>,
): string {
  return page(
    'Something is missing',
    'No link was made, because of these fields of the form:',
    problems
      .map(({ input, message, fix }) => `- **${plain(input)}** ${plain(`${message} ${fix}`)}`)
      .join('\n'),
    "Edit the issue's first text, take the label off, and have a maintainer put it on again.",
  );
}

export function notApprovedText(label: string, approvers: readonly string[]): string {
  const who =
    approvers.length > 0
      ? `one of its approvers (${approvers.map(code).join(', ')})`
      : 'somebody with triage rights or more';
  return page(
    'Waiting for approval',
    `No link was made yet: a label counts only when ${who} puts it on. Take the label ${code(label)} off, check the request, and put it on again.`,
  );
}

/** The name belongs to something else; what that is stays untold. */
export function nameRefusedText(): string {
  return page(
    "This name can't be used",
    'No link was made. Choose another schema (and table), edit the issue, and have a maintainer take the label off and put it on again.',
  );
}

export function differentRequestText({ service, name }: Subject): string {
  return page(
    'The request has changed',
    `This issue has a connection already: ${code(service)} as ${code(name)}. It stays as it is, and no other was made. Open a new issue for another connection.`,
    `For a fresh link to the one there is, ${AGAIN}.`,
  );
}

/** There is no record of an approval that could be relied on. */
export function approveAgainText(label: string): string {
  return page(
    'A maintainer must approve again',
    `There is no approval on record that still counts, because the API key was changed or the action's comment was lost, for example. A maintainer can take the label ${code(label)} off and put it on again.`,
  );
}

export function goneText({ service, name }: Subject, label: string): string {
  return page(
    'The connection is gone',
    `The connection of ${code(service)} as ${code(name)} was deleted in Fivetran. A maintainer can take the label ${code(label)} off and put it on again to make a new one.`,
  );
}

/** What went wrong, in words for those who wait for the link; the rest is in the run's log. */
export function failedText(
  error: { code: string },
  { connectionId, runUrl }: { connectionId: string | undefined; runUrl: string },
): string {
  const said = FAILURES[error.code] ?? "The link couldn't be made.";
  const log = `[the run's log](${target(runUrl)})`;
  return page(
    'No link yet',
    `${said} A maintainer finds the reason in ${log} (${code(error.code)}).`,
    connectionId
      ? `The connection itself was made (${code(connectionId)}) and isn't made twice: ${AGAIN} for its link.`
      : 'Nothing is lost: a maintainer can run it again.',
  );
}

const FAILURES: Readonly<Partial<Record<string, string>>> = {
  'rate-limited': 'Fivetran is asked too much at the moment, and wants to be asked again later.',
  timeout: "Fivetran didn't answer in time.",
  'server-error': 'Fivetran has a fault at the moment.',
  network: "Fivetran couldn't be reached.",
  'create-unknown': "Whether the connection was made can't be told yet.",
  'ownership-unclear': "Whether the connection belongs to this issue can't be told.",
  'duplicate-connection': 'There are several connections of this name.',
};

/** An address as the target of a link. Parsed and written again it has no blank or `>` in it. */
function target(address: string): string {
  return `<${new URL(address).href.replaceAll('\\', '%5C')}>`;
}

function page(title: string, ...paragraphs: string[]): string {
  return [`### ${title}`, ...paragraphs].join('\n\n');
}
