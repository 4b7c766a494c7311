import type { CardShape } from '../model/connection.ts';
import { checkRedirect } from './check-request.ts';
import type { InputReader } from './input-reader.ts';

/** What the workflow says about follow-up. */
export interface FollowUpInputs {
  /** The label that approves an issue. */
  label: string;
  /** Whether a link that has expired is replaced. */
  renewLinks: boolean;
  /** Added to issues that are connected; empty for none. */
  connectedLabel: string;
  /** Whether those are closed. */
  closeConnected: boolean;
  /** Milliseconds without a connection after which those on the issue are reminded; 0 for never. */
  remindAfter: number;
  /** Whether the first sync of a connection that was created paused is started. */
  startConnected: boolean;
  /** What fresh cards look like. */
  card: CardShape;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Reads and checks what follow-up needs; problems go to the reader. */
export function readFollowUpInputs(read: InputReader, card: CardShape): FollowUpInputs {
  checkRedirect(card.redirectUri, read.wrong);
  const label = read.text('label') || 'connect-card';
  const connectedLabel = read.text('connected-label');
  if (connectedLabel.toLowerCase() === label.toLowerCase()) {
    const fix = 'Choose another one, or set it to an empty text for none.';
    read.wrong('connected-label', 'is the approving label.', fix);
  }
  return {
    label,
    renewLinks: read.flag('renew-links', false),
    connectedLabel,
    closeConnected: read.flag('close-connected', false),
    remindAfter: (read.count('remind-after', 0, 365) ?? 0) * DAY_MS,
    startConnected: read.flag('start-connected', false),
    card,
  };
}
