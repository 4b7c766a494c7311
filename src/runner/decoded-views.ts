/** A text, or what it says once a notation is decoded, with the way back to where that stands. */
export interface View {
  text: string;
  /** Where the character at `index` begins in the original. */
  start(index: number): number;
  /** Where the character before `index` ends in the original. */
  end(index: number): number;
}

/**
 * JSON's escapes, whether or not the writer had to use them: `\"`, `\/`, `\n`, `\u00e9`; and those that
 * other languages have beside them: `\'`, `\xe9`.
 */
const JSON_ESCAPE = /\\(?:["'\\/bfnrt]|u[\da-f]{4}|x[\da-f]{2})/gi;
const JSON_LETTERS: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
/** One character of UTF-8, percent-encoded. */
const PERCENT =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi;
/** Character references, and the empty comments that report/markdown.ts puts between characters. */
const REFERENCE = /&(?:#(?:\d{1,7}|x[\da-f]{1,6})|amp|lt|gt|quot|apos);(?:<!-- -->)?|<!-- -->/gi;
/** What a line of text can't have, and blanks in a row: where text is shown, they are one blank. */
const BLANK = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]`;
const BLANKS = new RegExp(`${BLANK}{2,}|(?! )${BLANK}`, 'gu');
/** Where a long text in Base64 goes on in the next line, which is after 64 or 76 characters. */
const WRAP = /(?<=[\w+/-]{60})\s+(?=[\w+/-])/g;
/** Without any of these a text reads the same in every notation. */
const DECODABLE = /[\\%+&]|<!-- -->|[^\x20-\x7e]| {2}|[\w+/-]{60} /;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** What each notation writes in place of a character, and which character that is. */
const NOTATIONS: ReadonlyArray<[RegExp, (encoded: string) => string]> = [
  [REFERENCE, fromReference],
  [JSON_ESCAPE, fromJson],
  [PERCENT, fromPercent],
  // A form's blank: the rest of a form is percent-encoded.
  [/\+/g, () => ' '],
  [WRAP, () => ''],
];
/** So often one notation may be within another: JSON in JSON in Markdown, a URL in a URL. */
const MOST_LAYERS = 3;

/**
 * A text as it is, and as it reads in each notation that it may have been written in: JSON, URLs
 * (percent and form), HTML and Markdown, and those within each other. In all of them every stretch of
 * blanks, line breaks and invisible characters is one blank. A notation that the text doesn't use adds
 * no view.
 */
export function viewsOf(text: string): View[] {
  const plain: View = { text, start: (index) => index, end: (index) => index };
  if (!DECODABLE.test(text)) return [plain];
  const views = new Map([[text, plain]]);
  let latest = [plain];
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const decoded: View[] = [];
    for (const view of latest) {
      for (const [escapes, decodeOne] of NOTATIONS) {
        const one = decode(view, escapes, decodeOne);
        if (!one || views.has(one.text)) continue;
        views.set(one.text, one);
        decoded.push(one);
      }
    }
    latest = decoded;
  }
  return [...views.values()].map((view) => decode(view, BLANKS, () => ' ') ?? view);
}

/** A text on its own as `viewsOf` shows it, without blanks around it. */
export function inOneLine(text: string): string {
  return text.replace(BLANKS, ' ').trim();
}

function fromJson(encoded: string): string {
  const kind = encoded.charAt(1);
  if (/[ux]/i.test(kind)) return String.fromCharCode(Number.parseInt(encoded.slice(2), 16));
  return JSON_LETTERS[kind] ?? kind;
}

function fromPercent(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function fromReference(encoded: string): string {
  if (!encoded.startsWith('&')) return '';
  const name = encoded.slice(1, encoded.indexOf(';')).toLowerCase();
  if (!name.startsWith('#')) return NAMED[name] ?? encoded;
  const point = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return point <= 0x10ffff ? String.fromCodePoint(point) : encoded;
}

/** The view of a text with its escapes decoded; undefined where it has none. */
function decode(
  of: View,
  escapes: RegExp,
  decodeOne: (encoded: string) => string,
): View | undefined {
  if (of.text.search(escapes) < 0) return undefined;
  // For every escape: where it begins and ends once decoded, and where it does in the text as it is.
  const at: number[] = [];
  const till: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let text = '';
  let done = 0;
  for (const { 0: encoded, index } of of.text.matchAll(escapes)) {
    text += of.text.slice(done, index);
    at.push(text.length);
    text += decodeOne(encoded);
    till.push(text.length);
    from.push(index);
    done = index + encoded.length;
    to.push(done);
  }
  text += of.text.slice(done);

  /** Which escape is the last to begin at or before an index; -1 for none. */
  const before = (index: number): number => {
    let low = 0;
    let high = at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at[middle] as number) <= index) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  return {
    text,
    start: (index) => {
      const k = before(index);
      const end = till[k];
      if (end === undefined) return of.start(index);
      return of.start(index < end ? (from[k] as number) : (to[k] as number) + index - end);
    },
    end: (index) => {
      const k = before(index - 1);
      const end = till[k];
      if (end === undefined) return of.end(index);
      return of.end(index <= end ? (to[k] as number) : (to[k] as number) + index - end);
    },
  };
}
