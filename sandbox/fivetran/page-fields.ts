/** A field of the card's form. */
export interface Field {
  name: string;
  label: string;
  hint: string;
  type: 'text' | 'password';
  required: boolean;
}

export const FIELDS: Field[] = [
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

/** Shown only on a card that was created with `all_fields`. */
export const FURTHER_FIELDS: Field[] = [
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
