import { locale } from "@/shared/i18n/locale";

const plain = new Intl.NumberFormat(locale);

/** "1,200" */
export function formatNumber(n: number): string {
  return plain.format(n);
}
