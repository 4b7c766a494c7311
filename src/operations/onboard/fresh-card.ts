import type { Card } from '../../model/connection.ts';

/** How often it is tried, where runs keep getting in each other's way. */
const TRIES = 3;

/**
 * Makes a card and puts it where its link is found. A new card ends the ones before it, so that of
 * two runs that make one at the same moment the later card has to be put there last: whoever finds
 * that the other was there makes another.
 * @param put gives false when another run was there in between
 */
export async function putFreshCard(
  make: () => Promise<Card>,
  put: (card: Card) => Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await put(await make())) return;
  }
}
