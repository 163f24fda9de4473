import { delay, HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeAnswer, makeJwt } from "@/test/factories";
import { problem } from "@/test/problems";
import { server } from "@/test/server";
import { installLocks, openTab, removeLocks, type Tab } from "@/test/tabs";

const REFRESH = "*/api/auth/token/refresh/";
const TASKS = "*/api/tasks/";

/** The server's side of rotation: each call spends the last token and names the next. */
function serveRefreshes(wait = 20): { readonly calls: () => number } {
  let calls = 0;
  server.use(
    http.post(REFRESH, async () => {
      calls += 1;
      const answer = makeAnswer(`access-${calls}`);
      await delay(wait);
      return HttpResponse.json(answer);
    }),
  );
  return { calls: () => calls };
}

function serveTasks(accepted: (token: string) => boolean): string[] {
  const seen: string[] = [];
  server.use(
    http.get(TASKS, ({ request }) => {
      const token = request.headers.get("Authorization")?.replace("Bearer ", "") ?? "";
      seen.push(token);
      return accepted(token) ? HttpResponse.json({ ok: true }) : problem(401, "token_expired");
    }),
  );
  return seen;
}

async function signedInTab(): Promise<Tab> {
  localStorage.setItem("tm.session", "1");
  const tab = await openTab();
  await tab.session.bootSession();
  return tab;
}

function statusOf(tab: Tab): string {
  return tab.session.sessionStore.get().status;
}

beforeEach(installLocks);
afterEach(removeLocks);

test("a visitor who never signed in costs no request", async () => {
  const tab = await openTab();
  await tab.session.bootSession();
  expect(statusOf(tab)).toBe("anonymous");
});

test("a browser that was signed in is again, from the cookie alone", async () => {
  serveRefreshes();
  const tab = await signedInTab();
  expect(statusOf(tab)).toBe("active");
  expect(tab.session.currentAccess()).toBe("access-1");
});

test("the access token is in no storage", async () => {
  serveRefreshes();
  await signedInTab();
  expect(JSON.stringify({ ...localStorage })).not.toContain("access-1");
  expect(document.cookie).not.toContain("access-1");
});

test("a refused cookie at start means nobody, and is not tried again", async () => {
  server.use(http.post(REFRESH, () => problem(401, "session_ended")));
  const tab = await signedInTab();
  expect(statusOf(tab)).toBe("anonymous");
  expect(localStorage.getItem("tm.session")).toBeNull();
});

test("an unreachable server at start logs nobody out", async () => {
  server.use(http.post(REFRESH, () => HttpResponse.error()));
  localStorage.setItem("tm.session", "1");
  const tab = await openTab();
  await expect(tab.session.bootSession()).rejects.toHaveProperty("name", "NetworkError");
  expect(statusOf(tab)).toBe("unknown");
  serveRefreshes();
  await tab.session.bootSession();
  expect(statusOf(tab)).toBe("active");
});

test("many refreshes in one tab are one call, with no lock to help", async () => {
  removeLocks();
  const { calls } = serveRefreshes();
  const tab = await signedInTab();
  const tokens = await Promise.all(
    Array.from({ length: 8 }, () => tab.session.refreshAccess("access-1")),
  );
  expect(new Set(tokens)).toEqual(new Set(["access-2"]));
  expect(calls()).toBe(2);
});

test("five tabs that need a token at once make one call and all get it", async () => {
  const { calls } = serveRefreshes();
  localStorage.setItem("tm.session", "1");
  const tabs: Tab[] = [];
  for (let n = 0; n < 5; n += 1) tabs.push(await openTab());
  await Promise.all(tabs.map((tab) => tab.session.bootSession()));
  expect(tabs.map(statusOf)).toEqual(Array(5).fill("active"));
  expect(new Set(tabs.map((tab) => tab.session.currentAccess()))).toEqual(new Set(["access-1"]));
  expect(calls()).toBe(1);
});

test("without web locks every tab still ends up signed in", async () => {
  removeLocks();
  serveRefreshes();
  localStorage.setItem("tm.session", "1");
  const tabs = [await openTab(), await openTab(), await openTab()];
  await Promise.all(tabs.map((tab) => tab.session.bootSession()));
  expect(tabs.map(statusOf)).toEqual(["active", "active", "active"]);
});

test("an expired token is renewed and the request goes once more", async () => {
  serveRefreshes();
  const tab = await signedInTab();
  const seen = serveTasks((token) => token === "access-2");
  await expect(tab.client.get("/api/tasks/")).resolves.toEqual({ ok: true });
  expect(seen).toEqual(["access-1", "access-2"]);
});

test("a request is retried once and not for ever", async () => {
  serveRefreshes();
  const tab = await signedInTab();
  const seen = serveTasks(() => false);
  await expect(tab.client.get("/api/tasks/")).rejects.toMatchObject({
    problem: { code: "token_expired" },
  });
  expect(seen).toHaveLength(2);
});

test("a token known to be spent is renewed before it is refused", async () => {
  let calls = 0;
  server.use(
    http.post(REFRESH, () => {
      calls += 1;
      return HttpResponse.json(makeAnswer(makeJwt(300, `n${calls}`)));
    }),
  );
  const tab = await signedInTab();
  const seen = serveTasks(() => true);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 300_000 });
  await tab.client.get("/api/tasks/");
  vi.useRealTimers();
  expect(seen).toHaveLength(1);
  expect(calls).toBe(2);
});

test.each([403, 404, 429, 500, 503])("%i logs nobody out", async (status) => {
  serveRefreshes();
  const tab = await signedInTab();
  server.use(http.get(TASKS, () => problem(status, "any")));
  await expect(tab.client.get("/api/tasks/")).rejects.toMatchObject({ problem: { status } });
  expect(statusOf(tab)).toBe("active");
});

test("a lost network logs nobody out", async () => {
  serveRefreshes();
  const tab = await signedInTab();
  server.use(http.get(TASKS, () => HttpResponse.error()));
  await expect(tab.client.get("/api/tasks/")).rejects.toHaveProperty("name", "NetworkError");
  expect(statusOf(tab)).toBe("active");
});

test("a refresh answered after a log-out does not revive the session", async () => {
  serveRefreshes(0);
  const tab = await signedInTab();
  const other = await openTab();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  server.use(
    http.post(REFRESH, async () => {
      await held;
      return HttpResponse.json(makeAnswer("late"));
    }),
    http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })),
  );
  const late = tab.session.refreshAccess("access-1");
  const refused = expect(late).rejects.toHaveProperty("name", "SignedOutError");
  await vi.waitFor(() => expect(tab.session.currentAccess()).toBe("access-1"));
  const left = other.session.signOut();
  await vi.waitFor(() => expect(statusOf(tab)).toBe("anonymous"));
  release();
  await refused;
  await left;
  expect(tab.session.currentAccess()).toBeNull();
  expect(statusOf(tab)).toBe("anonymous");
  expect(localStorage.getItem("tm.session")).toBeNull();
});

test("a refresh that waits for its turn while somebody logs out is never asked for", async () => {
  const { calls } = serveRefreshes(0);
  const told = vi.fn(() => new HttpResponse(null, { status: 204 }));
  server.use(http.post("*/api/auth/logout/", told));
  const tab = await signedInTab();
  const late = tab.session.refreshAccess("access-1");
  const refused = expect(late).rejects.toHaveProperty("name", "SignedOutError");
  await tab.session.signOut();
  await refused;
  expect(calls()).toBe(1);
  expect(told).toHaveBeenCalledOnce();
  expect(statusOf(tab)).toBe("anonymous");
});

test("logging out forgets everything in every tab", async () => {
  serveRefreshes();
  server.use(http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })));
  const one = await signedInTab();
  const two = await openTab();
  await two.session.bootSession();
  const forgotten = vi.fn();
  two.session.onForget(forgotten);
  await one.session.signOut();
  await vi.waitFor(() => expect(statusOf(two)).toBe("anonymous"));
  expect(forgotten).toHaveBeenCalledOnce();
  expect(two.session.currentAccess()).toBeNull();
});

test("a log-out that did not reach the server is repeated at the next start", async () => {
  serveRefreshes();
  const tab = await signedInTab();
  server.use(http.post("*/api/auth/logout/", () => HttpResponse.error()));
  await tab.session.signOut();
  expect(statusOf(tab)).toBe("anonymous");
  const told = vi.fn(() => new HttpResponse(null, { status: 204 }));
  server.use(http.post("*/api/auth/logout/", told));
  const next = await openTab();
  await next.session.bootSession();
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  const after = await openTab();
  await after.session.bootSession();
  expect(statusOf(after)).toBe("anonymous");
  expect(told).toHaveBeenCalledOnce();
});

test("an answer that was asked for by the last user reaches nobody", async () => {
  serveRefreshes();
  const tab = await signedInTab();
  server.use(
    http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })),
    http.get(TASKS, async () => {
      await delay(50);
      return HttpResponse.json({ rows: "theirs" });
    }),
  );
  const answer = tab.client.get("/api/tasks/");
  const refused = expect(answer).rejects.toHaveProperty("name", "SignedOutError");
  await delay(10);
  await tab.session.signOut();
  await refused;
});

test("when the server ends the session the request waits for the same person to come back", async () => {
  serveRefreshes();
  const tab = await signedInTab();
  let sent = 0;
  server.use(
    http.post("*/api/notes/", ({ request }) => {
      sent += 1;
      const isBack = request.headers.get("Authorization") === "Bearer again";
      return isBack ? HttpResponse.json({ saved: true }) : problem(401, "session_ended");
    }),
    http.post("*/api/auth/token/", () => HttpResponse.json(makeAnswer("again"))),
  );
  const write = tab.client.post("/api/notes/", { text: "half typed" });
  await vi.waitFor(() => expect(statusOf(tab)).toBe("ended"));
  await tab.session.signIn({ username: "ada", password: "x" });
  await expect(write).resolves.toEqual({ saved: true });
  expect(sent).toBe(2);
});

test("another person signing in gets no request of the one before", async () => {
  serveRefreshes();
  const tab = await signedInTab();
  const forgotten = vi.fn();
  tab.session.onForget(forgotten);
  let sent = 0;
  server.use(
    http.get(TASKS, () => {
      sent += 1;
      return problem(401, "session_ended");
    }),
    http.post("*/api/auth/token/", () => HttpResponse.json(makeAnswer("eve", { id: 2 }))),
  );
  const read = tab.client.get("/api/tasks/");
  const refused = expect(read).rejects.toHaveProperty("name", "SignedOutError");
  await vi.waitFor(() => expect(statusOf(tab)).toBe("ended"));
  await tab.session.signIn({ username: "eve", password: "x" });
  await refused;
  expect(sent).toBe(1);
  expect(forgotten).toHaveBeenCalledOnce();
});

describe("where the browser refuses to store anything", () => {
  beforeEach(() => {
    const refuse = () => {
      throw new DOMException("Refused.", "SecurityError");
    };
    const refusing = {
      getItem: refuse,
      setItem: refuse,
      removeItem: refuse,
      clear: () => undefined,
    };
    vi.stubGlobal("localStorage", refusing);
    server.use(http.post("*/api/auth/token/", () => HttpResponse.json(makeAnswer("access"))));
  });

  /** How often the server was told, and by which token. */
  function serveLogout(): (string | null)[] {
    const told: (string | null)[] = [];
    server.use(
      http.post("*/api/auth/logout/", ({ request }) => {
        told.push(request.headers.get("Authorization"));
        return new HttpResponse(null, { status: 204 });
      }),
    );
    return told;
  }

  const signIn = (tab: Tab) => tab.session.signIn({ username: "ada", password: "x" });

  test("a log-out still reaches the server, and ends the session here", async () => {
    const told = serveLogout();
    const tab = await openTab();
    await signIn(tab);
    await tab.session.signOut();
    expect(told).toEqual(["Bearer access"]);
    expect(statusOf(tab)).toBe("anonymous");
    expect(tab.session.currentAccess()).toBeNull();
  });

  test("one that did not is repeated when this tab starts over", async () => {
    const tab = await openTab();
    await signIn(tab);
    server.use(http.post("*/api/auth/logout/", () => HttpResponse.error()));
    await tab.session.signOut();
    const told = serveLogout();
    tab.session.sessionStore.set({ status: "unknown", user: null });
    await tab.session.bootSession();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(statusOf(tab)).toBe("anonymous");
  });

  test("a refresh that is answered after it revives nothing", async () => {
    serveLogout();
    const tab = await openTab();
    await signIn(tab);
    let ask: () => void = () => undefined;
    let release: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.use(
      http.post(REFRESH, async () => {
        ask();
        await held;
        return HttpResponse.json(makeAnswer("late"));
      }),
    );
    const late = tab.session.refreshAccess("access");
    const refused = expect(late).rejects.toHaveProperty("name", "SignedOutError");
    await asked;
    const left = tab.session.signOut();
    release();
    await refused;
    await left;
    expect(statusOf(tab)).toBe("anonymous");
  });

  test("every log-out reaches the other tabs, whichever they come from", async () => {
    serveLogout();
    const [one, two] = [await openTab(), await openTab()];
    for (const [leaving, other] of [[one, two] as const, [two, one] as const]) {
      await signIn(leaving);
      await vi.waitFor(() => expect(statusOf(other)).toBe("active"));
      await leaving.session.signOut();
      await vi.waitFor(() => expect(statusOf(other)).toBe("anonymous"));
    }
  });
});
