/** A time as people write it, in UTC to the minute: `Wed 25 Nov 2026, 09:38 UTC`. */
export function readableTime(time: Date): string {
  // `Wed, 25 Nov 2026 09:38:00 GMT`: tc39.es/ecma262/#sec-date.prototype.toutcstring
  return time.toUTCString().replace(/^(\w+), 0?(.*) (\d\d:\d\d):\d\d GMT$/, '$1 $2, $3 UTC');
}

const MINUTE_MS = 60_000;

/** The same for a time that has to be over, in milliseconds: the first whole minute that isn't before it. */
export function readableEnd(ms: number): string {
  return readableTime(new Date(Math.ceil(ms / MINUTE_MS) * MINUTE_MS));
}
