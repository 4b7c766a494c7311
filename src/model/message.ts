/** Who reads an issue's comment: the team that sends the message, or the customer. */
export type Audience = 'team' | 'customer';

/** What a message for the customer may have in braces. */
export const PLACEHOLDERS = ['links', 'services', 'expires', 'customer'] as const;
