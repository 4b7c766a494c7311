/** Texts are found by their first characters, this many: shorter ones can't be added. */
export const SHORTEST = 4;

/** Slots of the filter in front of the index, a power of two. */
const SLOTS = 2 ** 16;

/**
 * Up to this many texts are looked for one by one: most runs have no more, and the one pass is code
 * that V8 takes for hot and optimizes in the background, which costs a run of one link a tenth.
 */
const FEW = 64;

/** A text that has more ellipses of its own is found up to there where it was cut off. */
const MOST_ELLIPSES = 16;

/** A stretch of a text: from the first index to before the second. */
export type Range = readonly [number, number];

/**
 * Finds many texts within another in one pass, whose time hardly depends on how many they are: most
 * places are ruled out by one look into a table. A regular expression of thousands of alternatives
 * would be compiled for longer than a batch takes.
 */
export class TextIndex {
  readonly #texts = new Set<string>();
  readonly #filter = new Uint8Array(SLOTS);
  /** By the hash of their first characters: how long the texts are, longest first. */
  readonly #lengths = new Map<number, number[]>();
  /** By the same hash: the texts; undefined until it is needed, and after a change. */
  #byStart: Map<number, string[]> | undefined;
  #longest = 0;

  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  add(text: string): void {
    if (text.length < SHORTEST || this.#texts.has(text)) return;
    this.#texts.add(text);
    this.#byStart = undefined;
    this.#longest = Math.max(this.#longest, text.length);
    const hash = hashAt(text, 0);
    this.#filter[slot(hash)] = 1;
    const lengths = this.#lengths.get(hash);
    if (!lengths) this.#lengths.set(hash, [text.length]);
    else if (!lengths.includes(text.length)) {
      lengths.push(text.length);
      lengths.sort((a, b) => b - a);
    }
  }

  /** Where the texts stand, in order; of several that begin at one place, the longest. */
  find(text: string): Range[] {
    return this.#texts.size <= FEW ? this.#findEach(text) : this.#findInOnePass(text);
  }

  #findEach(text: string): Range[] {
    const ends = new Map<number, number>();
    for (const one of this.#texts) {
      for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 1)) {
        ends.set(at, Math.max(ends.get(at) ?? 0, at + one.length));
      }
    }
    return [...ends].sort(([a], [b]) => a - b);
  }

  #findInOnePass(text: string): Range[] {
    const found: Range[] = [];
    const last = text.length - SHORTEST;
    for (let index = 0; index <= last; index++) {
      const end = this.#endOfTextAt(text, index);
      if (end > 0) found.push([index, end]);
    }
    return found;
  }

  /** Where a text stands that was cut off: its beginning is followed by an ellipsis. */
  findCutOff(text: string): Range[] {
    const ellipses = [...text.matchAll(/…|\.{3}/g)].map(({ index }) => index);
    const found: Range[] = [];
    let next = 0;
    for (let index = 0; next < ellipses.length; index++) {
      while ((ellipses[next] ?? Number.POSITIVE_INFINITY) < index + SHORTEST) next++;
      // From here on one may be near enough.
      index = Math.max(index, (ellipses[next] ?? index) - this.#longest);
      if (next === ellipses.length || !this.#lengthsAt(text, index)) continue;
      const wholes = this.#startingAs(hashAt(text, index));
      let end = 0;
      // A text may have an ellipsis of its own.
      for (const ellipsis of ellipses.slice(next, next + MOST_ELLIPSES)) {
        const start = text.slice(index, ellipsis);
        if (!wholes.some((whole) => whole.startsWith(start))) break;
        end = ellipsis;
      }
      if (end > 0) found.push([index, end]);
    }
    return found;
  }

  /** Where the longest text ends that begins here; 0 for none. */
  #endOfTextAt(text: string, index: number): number {
    const lengths = this.#lengthsAt(text, index);
    if (!lengths) return 0;
    for (const length of lengths) {
      const end = index + length;
      if (end <= text.length && this.#texts.has(text.slice(index, end))) return end;
    }
    return 0;
  }

  #lengthsAt(text: string, index: number): readonly number[] | undefined {
    const hash = hashAt(text, index);
    return this.#filter[slot(hash)] === 1 ? this.#lengths.get(hash) : undefined;
  }

  #startingAs(hash: number): readonly string[] {
    this.#byStart ??= Map.groupBy(this.#texts, (text) => hashAt(text, 0));
    return this.#byStart.get(hash) ?? [];
  }
}

/** A number for the characters at an index, as many as the shortest text has. */
function hashAt(text: string, index: number): number {
  let hash = 0;
  for (let offset = 0; offset < SHORTEST; offset++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index + offset)) | 0;
  }
  return hash;
}

function slot(hash: number): number {
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
