import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";

const backend = fileURLToPath(new URL("../../../backend", import.meta.url));
const python = fileURLToPath(new URL("../../../.venv/bin/python", import.meta.url));

/**
 * The first administrator of a site, and its mail, are the operator's: no API makes the one or
 * shows the other. So these run `manage.py` beside the stack under test, as an operator does.
 * `make test-browser` and `python -m devstack exec -- …` hand on the environment it needs.
 */
export function needsOperator(): void {
  test.skip(
    !process.env.DATABASE_URL,
    "Run me by `devstack exec`: I need the stack's environment.",
  );
}

function run(script: string): string {
  const command = ["manage.py", "shell", "--no-imports", "-c", script];
  return execFileSync(python, command, { cwd: backend, encoding: "utf8" }).trim();
}

export function setRole(username: string, role: "staff" | "admin"): void {
  // Django's own flags keep in step; the database insists.
  const isAdmin = role === "admin" ? "True" : "False";
  run(
    `from accounts.models import User; User.objects.filter(username="${username}").update(role="${role}", is_staff=${isAdmin}, is_superuser=${isAdmin})`,
  );
}

const LETTER = (address: string) => `
from accounts.letters import letter_for
from accounts.models import Mail
sent = Mail.objects.filter(address="${address}", kind="password_reset", sent_at__isnull=False).first()
print(letter_for(sent).body if sent else "")
`;

/** The link in the mail that a worker has sent to this address. The mail server keeps nothing here. */
export async function resetLinkFor(address: string): Promise<string> {
  let letter = "";
  const isSent = () => {
    letter = run(LETTER(address));
    return letter.includes("#");
  };
  await expect.poll(isSent, { timeout: 30_000 }).toBe(true);
  return /http\S+#\S+/.exec(letter)?.[0] ?? "";
}
