import { count } from "../count";
import type { Messages } from "../messages";

export const search: Messages["search"] = {
  title: "Suche",
  label: "Aufgaben durchsuchen",
  lead: "Titel und Beschreibungen",
  placeholder: "Wörter oder ein „Satz in Anführungszeichen“",
  clear: "Suche leeren",
  results: "Treffer",
  found: (n: number, hasMore: boolean) =>
    n === 0 ? "Nichts gefunden" : count(n, "Treffer", hasMore ? "Treffer und mehr" : "Treffer"),
  more: "Mehr Treffer",
  searching: "Sucht …",
  offline: "Du bist offline: Durchsucht wurde nur, was dieses Gerät kennt.",
  incomplete: "Der Server hat nicht geantwortet: Durchsucht wurde nur, was hier geladen ist.",
  nothing: (query: string) => `Nichts passt zu „${query}“`,
  nothingLead: "Versuch es mit weniger Wörtern oder einem Wortanfang.",
  startTitle: "Finde alles, was du notiert hast",
  startLead:
    "Wörter aus Titeln und Beschreibungen in beliebiger Reihenfolge. Anführungszeichen halten Wörter zusammen.",
  startAction: "Alle Aufgaben ansehen",
  recent: "Letzte Suchen",
  forget: "Vergessen",
};
