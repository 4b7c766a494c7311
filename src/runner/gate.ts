import { inOneLine, type View, viewsOf } from './decoded-views.ts';
import { type Range, SHORTEST, TextIndex } from './text-index.ts';

const REDACTED = '***';

/** Values of `config` that are no secrets, being everywhere. */
const COMMON = /^(?:true|false|null)$/i;

/**
 * The one gate through which everything goes that leaves the process: log, annotations, summary,
 * outputs, the results file, comments. It takes secrets out, however they are written: as they are,
 * as JSON, URLs, Markdown, Base64 or hexadecimal digits write them, each line of those with several
 * lines, and cut off by `…` or `...`.
 *
 * Two kinds of secrets: credentials never pass; values of `config` and `auth` pass only as part of a
 * text that the run shows on purpose (`protect`) or of an output's own value. Texts of fewer than four
 * characters are no secrets here, nor are `true`, `false` and `null`: without them no sentence would
 * be left whole, and who reads the log learns nothing from them.
 */
export class Gate {
  readonly #credentials = new TextIndex();
  readonly #config = new TextIndex();
  readonly #shown = new TextIndex();
  /** Parts of `config` that haven't been read yet, and those that have. */
  readonly #unread: unknown[] = [];
  readonly #read = new WeakSet<object>();

  /** A credential: it never passes. Nothing happens for an empty text. */
  addSecret(text: string): void {
    for (const form of formsOf(text)) this.#credentials.add(form);
  }

  /** A `config` or `auth`: every text and number in it is a secret. Keys aren't. */
  addConfig(value: unknown): void {
    this.#unread.push(value);
  }

  /**
   * A text that is shown on purpose, such as a link or a name: it passes whole, although a value of
   * `config` (`acme`, `acme.com`) may be part of it. A credential in it doesn't.
   */
  protect(text: string): void {
    this.#shown.add(inOneLine(text));
  }

  /**
   * A text without secrets, for all that people or programs read as prose. Not for what is signed or
   * parsed as a whole (a record in a comment, JSON): redact the texts that go into it.
   */
  redact(text: string): string {
    this.#readConfig();
    const views = viewsOf(text);
    const credentials = views.flatMap((view) => rangesIn(view, this.#credentials));
    const secrets = views.flatMap((view) => rangesIn(view, this.#config));
    const shown =
      secrets.length > 0
        ? views.flatMap((view) => inOriginal(view, this.#shown.find(view.text)))
        : [];
    return replaceAll(text, [...credentials, ...withoutThoseWithin(secrets, shown)]);
  }

  /** A value of an output (a link, an id, a name) without credentials; `config` doesn't change it. */
  redactValue(text: string): string {
    if (this.#credentials.isEmpty) return text;
    return replaceAll(
      text,
      viewsOf(text).flatMap((view) => rangesIn(view, this.#credentials)),
    );
  }

  /**
   * Results, or other data, before they are written as JSON: all in a member `error` is prose but its
   * `code`, which programs compare; every other text is an output's value.
   */
  redactData<T>(data: T): T {
    return this.#redactData(data, false) as T;
  }

  #redactData(data: unknown, isProse: boolean): unknown {
    if (typeof data === 'string') return isProse ? this.redact(data) : this.redactValue(data);
    if (Array.isArray(data)) return data.map((item) => this.#redactData(item, isProse));
    if (typeof data !== 'object' || data === null) return data;
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        this.redactValue(key),
        this.#redactData(value, key !== 'code' && (isProse || key === 'error')),
      ]),
    );
  }

  #readConfig(): void {
    while (this.#unread.length > 0) {
      const value = this.#unread.pop();
      if (typeof value === 'string' || typeof value === 'number') {
        const text = String(value);
        if (COMMON.test(text.trim())) continue;
        for (const form of formsOf(text)) this.#config.add(form);
      } else if (typeof value === 'object' && value !== null && !this.#read.has(value)) {
        this.#read.add(value);
        for (const part of Object.values(value)) this.#unread.push(part);
      }
    }
  }
}

/** What a secret may be written as, other than by a notation that `viewsOf` decodes. */
function formsOf(secret: string): Set<string> {
  const forms = new Set<string>();
  for (const text of [secret, secret.trim(), ...secret.split(/[\r\n]+/)]) {
    if (text.length < SHORTEST) continue;
    const line = inOneLine(text);
    forms.add(line);
    // As SQL, YAML and CSV write quotes within quotes.
    forms.add(line.replaceAll("'", "''"));
    forms.add(line.replaceAll('"', '""'));
    const hex = Buffer.from(text).toString('hex');
    forms.add(hex).add(hex.toUpperCase());
    // Base64 of a whole document has the text as JSON writes it.
    for (const written of new Set([text, JSON.stringify(text).slice(1, -1)])) {
      for (const base64 of inBase64(Buffer.from(written))) {
        forms.add(base64);
        forms.add(base64.replaceAll('+', '-').replaceAll('/', '_'));
      }
    }
  }
  return forms;
}

/** With fewer bytes than this, a part of what Base64 makes of them may be a word. */
const FEWEST_BYTES = 6;

/**
 * What Base64 makes of bytes: by themselves, and the letters that hold nothing else where there is more
 * before and after them, which is in three ways. Padding isn't part of it: with or without, the rest is
 * found.
 */
function inBase64(bytes: Buffer): string[] {
  const alone = bytes.toString('base64').replace(/=+$/, '');
  if (bytes.length < FEWEST_BYTES) return [alone];
  const within = [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes]);
    const [first, end] = [Math.ceil((before * 8) / 6), Math.floor((all.length * 8) / 6)];
    return all.toString('base64').slice(first, end);
  });
  return [alone, ...within];
}

function rangesIn(view: View, index: TextIndex): Range[] {
  if (index.isEmpty) return [];
  return inOriginal(view, [...index.find(view.text), ...index.findCutOff(view.text)]);
}

function inOriginal({ start, end }: View, ranges: readonly Range[]): Range[] {
  return ranges.map(([from, to]) => [start(from), end(to)]);
}

/** The ranges that don't lie within one of others. */
function withoutThoseWithin(ranges: Range[], others: Range[]): Range[] {
  if (others.length === 0) return ranges;
  const around = others.toSorted(([a], [b]) => a - b);
  let next = 0;
  let reach = 0;
  return ranges
    .toSorted(([a], [b]) => a - b)
    .filter(([start, end]) => {
      for (; (around[next]?.[0] ?? Number.POSITIVE_INFINITY) <= start; next++) {
        reach = Math.max(reach, around[next]?.[1] ?? 0);
      }
      return end > reach;
    });
}

/** A text with every range replaced; those that overlap are replaced as one. */
function replaceAll(text: string, ranges: Range[]): string {
  if (ranges.length === 0) return text;
  let out = '';
  let done = 0;
  for (const [start, end] of ranges.toSorted(([a], [b]) => a - b)) {
    if (end <= done) continue;
    if (start > done || done === 0) out += text.slice(done, start) + REDACTED;
    done = end;
  }
  return out + text.slice(done);
}
