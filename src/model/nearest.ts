/**
 * The names that somebody may have meant, nearest first.
 * @param most how many letters may be added, dropped, changed or swapped; more for longer texts
 *   unless given
 */
export function nearest(
  text: string,
  names: readonly string[],
  most = Math.max(2, Math.floor(text.length / 4)),
): string[] {
  return names
    .map((name) => ({ name, distance: editDistance(text, name) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
}

/** How many letters to add, drop or change, or neighbours to swap (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 0; row < a.length; row++) {
    const here = [row + 1];
    for (let column = 0; column < b.length; column++) {
      const change = (above[column] ?? 0) + (a[row] === b[column] ? 0 : 1);
      const swapped = column > 0 && a[row] === b[column - 1] && a[row - 1] === b[column];
      here.push(
        Math.min(
          change,
          (above[column + 1] ?? 0) + 1,
          (here[column] ?? 0) + 1,
          swapped ? (before[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = above;
    above = here;
  }
  return above[b.length] ?? 0;
}
