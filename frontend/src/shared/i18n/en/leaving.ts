import { count } from "../count";

export const leaving = {
  title: "Sign out now?",
  lead: (n: number) =>
    `${count(n, "change has", "changes have")} not reached the server yet and would be lost.`,
  anyway: "Sign out anyway",
  stay: "Stay",
};
