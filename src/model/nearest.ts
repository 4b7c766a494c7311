/** The names that somebody may have meant, nearest first: few letters added, dropped or changed. */
export function nearest(text: string, names: readonly string[]): string[] {
  const furthest = Math.max(2, Math.floor(text.length / 4));
  return names
    .map((name) => ({ name, distance: editDistance(text, name) }))
    .filter(({ distance }) => distance <= furthest)
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
}

/** Levenshtein's distance: how many letters to add, drop or change. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...a].entries()) {
    const here = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const change = (above[column] ?? 0) + (letter === other ? 0 : 1);
      here.push(Math.min(change, (above[column + 1] ?? 0) + 1, (here[column] ?? 0) + 1));
    }
    above = here;
  }
  return above[b.length] ?? 0;
}
