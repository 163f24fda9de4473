import type { Messages } from "../messages";

export const reset: Messages["reset"] = {
  forgotTitle: "Passwort vergessen?",
  forgotHeading: "Passwort vergessen?",
  forgotLead: "Nenn uns deine E-Mail-Adresse, und wir schicken dir einen Link für ein neues.",
  send: "Link schicken",
  sending: "Wird geschickt …",
  sentHeading: "Schau in deine Mails",
  sent: (email: string) =>
    `Wenn ${email} zu einem Konto gehört, ist ein Link unterwegs. Er gilt einmal und eine Stunde lang. Nichts da? Schau auch im Spam-Ordner nach.`,
  askAgain: "Andere Adresse nehmen",
  backToSignIn: "Zurück zur Anmeldung",
  resetTitle: "Neues Passwort setzen",
  headings: {
    asking: "Neues Passwort setzen",
    done: "Dein Passwort ist gesetzt",
    spent: "Dieser Link gilt nicht mehr",
  },
  resetLead: "Das beendet jede Sitzung und widerruft alle API-Token.",
  newPassword: "Neues Passwort",
  set: "Passwort setzen",
  setting: "Wird gesetzt …",
  done: "Jede Sitzung wurde beendet, auch hier. Melde dich mit dem neuen Passwort an.",
  spent:
    "Er wurde schon benutzt, ist nach einer Stunde abgelaufen oder wurde nicht ganz kopiert. Nichts hat sich geändert.",
  newLink: "Neuen Link schicken",
};
