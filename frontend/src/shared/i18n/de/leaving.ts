import { count } from "../count";
import type { Messages } from "../messages";

export const leaving: Messages["leaving"] = {
  title: "Jetzt abmelden?",
  lead: (n: number) =>
    `${count(n, "Änderung ist", "Änderungen sind")} noch nicht beim Server und ${n === 1 ? "ginge" : "gingen"} verloren.`,
  anyway: "Trotzdem abmelden",
  stay: "Bleiben",
};
