import { locale } from "./locale";

/** Monday is 1 and Sunday 7, as in ISO 8601 and Intl. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

interface WeekInfo {
  readonly firstDay: number;
}
type LocaleWithWeek = Intl.Locale & {
  readonly weekInfo?: WeekInfo;
  getWeekInfo?(): WeekInfo;
};

/** English-speaking regions whose week starts on Sunday, for browsers that do not tell. */
const SUNDAY_FIRST = /-(US|CA|IN|PH|ZA|SG|HK|IL|KE|JM|BZ)\b/;

/** On which day the calendars of a region start. */
export function firstWeekday(tag: string): Weekday {
  const known: LocaleWithWeek = new Intl.Locale(tag);
  const info = known.getWeekInfo?.() ?? known.weekInfo;
  if (info) return info.firstDay as Weekday;
  return SUNDAY_FIRST.test(tag) ? 7 : 1;
}

export const weekStart: Weekday = firstWeekday(locale);
