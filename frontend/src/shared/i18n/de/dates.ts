import type { Messages } from "../messages";

export const dates: Messages["dates"] = {
  named: { "-1": "Gestern", 0: "Heute", 1: "Morgen" },
};
