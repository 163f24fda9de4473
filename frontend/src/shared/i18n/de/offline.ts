import { count } from "../count";
import type { Messages } from "../messages";

export const offline: Messages["offline"] = {
  offline: "Du bist offline.",
  unreached: "Der Server ist nicht erreichbar.",
  lead: "Lesen kannst du alles.",
  waiting: (n: number) =>
    `${count(n, "Änderung wird", "Änderungen werden")} gesendet, sobald du zurück bist.`,
  waitingForServer: (n: number) =>
    `${count(n, "Änderung wird", "Änderungen werden")} gesendet, sobald er antwortet.`,
  tryNow: "Jetzt versuchen",
  gone: "Die Aufgabe wurde inzwischen gelöscht.",
  tryAgain: "Noch einmal versuchen",
  keepAsNew: "Als neue Aufgabe behalten",
  discard: "Verwerfen",
  untitled: "Eine Aufgabe",
  newVersion: "Es gibt eine neue Version.",
  reload: "Neu laden",
};
