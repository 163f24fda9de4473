export function without<T>(values: readonly T[], value: T): T[] {
  return values.filter((one) => one !== value);
}

/** Takes a value in, or out when it is in. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? without(values, value) : [...values, value];
}
