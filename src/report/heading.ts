import type { Entry, EntryState } from '../model/issue-record.ts';
import type { Audience } from '../model/message.ts';
import { plain } from './markdown.ts';
import { titleOf } from './source-lines.ts';

/** How things stand with an issue's connections, in one line. */
export function headingOf({
  entries,
  audience,
  showLinks,
}: {
  entries: readonly Entry[];
  audience: Audience;
  /** Whether the comment has links. */
  showLinks: boolean;
}): string {
  const of = (state: EntryState) => entries.filter((entry) => entry.state === state);
  const all = entries.length;
  const connected = of('connected').length;
  const [first] = entries;
  const name = first && all === 1 ? plain(titleOf(first)) : '';
  if (connected === all)
    return name ? `✅ ${name} is connected` : `✅ All ${all} sources are connected`;
  if (connected > 0) return `${connected} of ${all} connected`;
  const links = of('ready').length;
  if (links > 0 && !showLinks)
    return links === 1 ? 'A link was created' : `${links} links were created`;
  if (links > 0 && audience === 'team') {
    if (name) return `${name}: the link is ready to send`;
    return links === 1 ? 'A link is ready to send' : `${links} links are ready to send`;
  }
  if (links > 0) return links === 1 ? 'Connect your data source' : 'Connect your data sources';
  const [broken] = of('broken');
  if (broken) return `⚠️ ${plain(titleOf(broken))} needs a new sign-in`;
  if (of('expired').length > 0)
    return all === 1 ? 'The link has expired' : 'The links have expired';
  if (of('gone').length === all) return 'The connection was deleted';
  return 'No link yet';
}
