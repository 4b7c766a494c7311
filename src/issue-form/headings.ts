/** The headings of an issue form that decide what is created, in lower case. */
export const HEADINGS = ['service', 'schema', 'table', 'destination'] as const;
export type Heading = (typeof HEADINGS)[number];
