import { count } from "../count";
import type { Messages } from "../messages";

export const settings: Messages["settings"] = {
  title: "Einstellungen",
  sections: {
    profile: { title: "Profil", lead: "Wer du bist und wo deine Tage beginnen." },
    appearance: { title: "Aussehen", lead: "Wie die App in diesem Browser aussieht." },
    sessions: { title: "Sitzungen", lead: "Wo du angemeldet bist." },
    password: { title: "Passwort", lead: "Ein neues beendet jede andere Sitzung." },
  },
  profile: {
    you: "Über dich",
    firstName: "Vorname",
    lastName: "Nachname",
    nameTooLong: "Höchstens 150 Zeichen, bitte.",
    timeZone: "Zeitzone",
    timeZoneRequired: "Wähl eine Zeitzone.",
    allTimeZones: "Alle Zeitzonen zeigen",
    timeThere: (time: string) =>
      `Nach ihr richten sich „Heute“ und „Überfällig“. Dort ist es jetzt ${time}.`,
    noTimeZone: "So heißt keine Zone. Versuch es mit einer Stadt in der Nähe.",
    browserZone: (zone: string) => `Dieser Browser ist in ${zone}.`,
    useBrowserZone: "Die nehmen",
    language: "Sprache",
    languageHint: "Der App und der Mails an dich.",
    languages: {
      en: "English",
      de: "Deutsch",
      fr: "Français (nur Mails)",
      es: "Español (nur Mails)",
      pt: "Português (nur Mails)",
    },
    save: "Speichern",
    saving: "Wird gespeichert …",
    saved: "Gespeichert",
    emailTitle: "E-Mail-Adresse",
    emailLead:
      "Mit ihr meldest du dich an und setzt dein Passwort zurück. Darum braucht eine neue dein Passwort.",
    currentPassword: "Dein Passwort",
    changeEmail: "Adresse ändern",
    emailSaved: "Deine Adresse ist geändert; die alte weiß Bescheid.",
  },
  appearance: {
    theme: "Farben",
    themeLead: "„System“ folgt deinem Gerät, auch wenn es abends wechselt.",
    themes: { system: "System", light: "Hell", dark: "Dunkel" },
  },
  sessions: {
    listLabel: "Sitzungen",
    device: (browser: string | null, system: string | null) =>
      browser && system ? `${browser} auf ${system}` : (browser ?? system ?? "Unbekanntes Gerät"),
    current: "Diese hier",
    since: (when: string) => `angemeldet ${when}`,
    lastUsed: (ago: string) => `zuletzt ${ago}`,
    end: "Beenden",
    endOf: (device: string) => `Sitzung von ${device} beenden`,
    endTitle: "Diese Sitzung beenden?",
    endLead: (device: string) => `${device} ist innerhalb einer Sekunde abgemeldet.`,
    ended: (device: string) => `Die Sitzung von ${device} ist beendet`,
    endOthers: "Alle anderen beenden",
    endOthersTitle: "Alle anderen Sitzungen beenden?",
    endOthersLead: (n: number) =>
      `${count(n, "Gerät ist", "Geräte sind")} innerhalb einer Sekunde abgemeldet. Diese Sitzung bleibt.`,
    endedOthers: "Alle anderen Sitzungen sind beendet",
    onlyThis: "Sonst bist du nirgends angemeldet.",
  },
  password: {
    title: "Dein Passwort ändern",
    current: "Dein jetziges Passwort",
    next: "Neues Passwort",
    change: "Passwort ändern",
    changing: "Wird geändert …",
    saved: "Dein Passwort ist geändert. Jede andere Sitzung ist beendet.",
  },
};
