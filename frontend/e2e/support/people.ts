import { randomBytes } from "node:crypto";
import { type APIRequestContext, request } from "@playwright/test";

export interface Person {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** A name that no other test and no earlier run has used. */
export function newPerson(): Person {
  const username = `e2e_${randomBytes(6).toString("hex")}`;
  return { username, email: `${username}@example.org`, password: "Correct-horse-7-battery" };
}

export interface TaskInput {
  readonly title: string;
  readonly description?: string;
  readonly status?: string;
  readonly priority?: string;
  readonly due_date?: string | null;
  readonly due_time?: string | null;
  readonly labels?: readonly string[];
}

/** A person's own script beside their browser: what changes from elsewhere. */
export class Api {
  private constructor(
    private readonly http: APIRequestContext,
    private readonly access: string,
  ) {}

  static async register(baseURL: string, person: Person): Promise<Api> {
    const http = await request.newContext({ baseURL });
    const data = { ...person, time_zone: "Europe/Paris" };
    const answer = await http.post("/api/auth/register/", { data });
    if (!answer.ok()) throw new Error(`register: ${answer.status()} ${await answer.text()}`);
    return new Api(http, ((await answer.json()) as { access: string }).access);
  }

  async addTask(input: TaskInput): Promise<number> {
    const task = await this.send("POST", "/api/tasks/", input);
    return (task as { id: number }).id;
  }

  async changeTask(id: number, changes: Partial<TaskInput>): Promise<void> {
    await this.send("PATCH", `/api/tasks/${id}/`, changes);
  }

  async trashTask(id: number): Promise<void> {
    await this.send("POST", "/api/tasks/bulk/", { ids: [id], action: "delete" });
  }

  async task(id: number): Promise<Record<string, unknown>> {
    return (await this.send("GET", `/api/tasks/${id}/`)) as Record<string, unknown>;
  }

  async tasks(): Promise<{ id: number; title: string; status: string }[]> {
    const page = await this.send("GET", "/api/tasks/?limit=100");
    return (page as { results: { id: number; title: string; status: string }[] }).results;
  }

  async count(): Promise<number> {
    return ((await this.send("GET", "/api/tasks/summary/")) as { total: number }).total;
  }

  async me(): Promise<Record<string, unknown>> {
    return (await this.send("GET", "/api/auth/me/")) as Record<string, unknown>;
  }

  /** Everywhere but in this script. */
  async endOtherSessions(): Promise<void> {
    await this.send("DELETE", "/api/auth/sessions/");
  }

  async dispose(): Promise<void> {
    await this.http.dispose();
  }

  private async send(method: string, url: string, data?: object): Promise<unknown> {
    const headers = { Authorization: `Bearer ${this.access}` };
    const answer = await this.http.fetch(url, { method, headers, ...(data && { data }) });
    if (!answer.ok())
      throw new Error(`${method} ${url}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? null : answer.json();
  }
}

/** What a browser keeps of somebody who signed in there some time ago. */
export async function signedInState(baseURL: string, { username, password }: Person) {
  const http = await request.newContext({ baseURL });
  const answer = await http.post("/api/auth/token/", {
    data: { username, password },
    headers: { "X-Auth-Mode": "cookie", Origin: new URL(baseURL).origin },
  });
  if (!answer.ok()) throw new Error(`sign in: ${answer.status()} ${await answer.text()}`);
  const { cookies } = await http.storageState();
  await http.dispose();
  const localStorage = [{ name: "tm.session", value: "1" }];
  return { cookies, origins: [{ origin: new URL(baseURL).origin, localStorage }] };
}
