const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const MONTH = MONTHS.join('|');
const TIME = String.raw`(\d\d:\d\d:\d\d)`;
/** The three forms of an HTTP date: rfc-editor.org/rfc/rfc9110#section-5.6.7 */
const IMF_FIXDATE = new RegExp(`^[A-Z][a-z]{2}, (\\d\\d) (${MONTH}) (\\d{4}) ${TIME} GMT$`);
const RFC_850 = new RegExp(`^[A-Z][a-z]{5,8}, (\\d\\d)-(${MONTH})-(\\d\\d) ${TIME} GMT$`);
const ASCTIME = new RegExp(`^[A-Z][a-z]{2} (${MONTH}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

/**
 * Milliseconds since the epoch of an HTTP date; undefined for anything else.
 * @param now to tell which century a year of two digits is in
 */
export function httpDate(text: string, now: number): number | undefined {
  const [, day, month, year, time] = IMF_FIXDATE.exec(text) ?? [];
  if (day && month && year && time) return utc(Number(year), month, day, time);
  const [, oldDay, oldMonth, shortYear, oldTime] = RFC_850.exec(text) ?? [];
  if (oldDay && oldMonth && shortYear && oldTime) {
    const thisYear = new Date(now).getUTCFullYear();
    const century = thisYear - (thisYear % 100);
    // More than 50 years ahead means the past.
    const sameCentury = century + Number(shortYear);
    const fullYear = sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury;
    return utc(fullYear, oldMonth, oldDay, oldTime);
  }
  const [, cMonth, cDay, cTime, cYear] = ASCTIME.exec(text) ?? [];
  if (cMonth && cDay && cTime && cYear) return utc(Number(cYear), cMonth, cDay, cTime);
  return undefined;
}

function utc(year: number, month: string, day: string, time: string): number | undefined {
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  const iso = `${String(year).padStart(4, '0')}-${number}-${day.replace(' ', '0')}T${time}Z`;
  const date = Date.parse(iso);
  return Number.isNaN(date) ? undefined : date;
}
