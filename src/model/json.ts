/** Whether a value is an object with named members, as JSON's `{}` is. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields that a response of type `T` is documented to have, each of any kind: what comes from outside
 * is checked where it is used. None where the value isn't an object.
 */
export function fieldsOf<T>(value: unknown): Partial<Record<keyof T, unknown>> {
  return isRecord(value) ? (value as Partial<Record<keyof T, unknown>>) : {};
}
