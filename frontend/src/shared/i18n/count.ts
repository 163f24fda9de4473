import { locale } from "./locale";

const number = new Intl.NumberFormat(locale);

export function formatNumber(n: number): string {
  return number.format(n);
}

/** "1 task", "1,200 tasks". Enough for languages with two forms, as English and German are. */
export function count(n: number, one: string, many: string): string {
  return `${formatNumber(n)} ${n === 1 ? one : many}`;
}
