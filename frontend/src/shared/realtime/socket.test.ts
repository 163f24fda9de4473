import { HttpResponse, http, ws } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeAnswer, makeJwt } from "@/test/factories";
import { server } from "@/test/server";
import { installLocks, openTab, removeLocks, type Tab } from "@/test/tabs";
import type { Fact, TaskFact } from "./facts";

const socket = ws.link("ws://tasks.test/ws/");
const SESSION = 7;

interface Seat {
  send(text: string): void;
  close(): void;
}

/** The server's side: who listens, and how often somebody asked to. */
let seats: Set<Seat>;
let tickets: number;
let leavings: (() => void)[];

beforeEach(() => {
  installLocks();
  seats = new Set();
  tickets = 0;
  leavings = [];
  localStorage.setItem("tm.session", "1");
  server.use(
    http.post("*/api/auth/token/refresh/", () =>
      HttpResponse.json(makeAnswer(makeJwt(300, "t", SESSION))),
    ),
    http.post("*/api/realtime/ticket/", () => {
      tickets += 1;
      return HttpResponse.json({ ticket: `ticket-${tickets}` });
    }),
    socket.addEventListener("connection", ({ client }) => {
      client.addEventListener("message", () => {
        seats.add(client);
        client.send(JSON.stringify({ type: "ready", cursor: "c1" }));
      });
      client.addEventListener("close", () => seats.delete(client));
    }),
  );
});

afterEach(() => {
  for (const leave of leavings) leave();
  removeLocks();
});

interface Listener {
  readonly tab: Tab;
  readonly heard: Fact["type"][];
  readonly isConnected: () => boolean;
  readonly leave: () => void;
}

async function listen(): Promise<Listener> {
  const tab = await openTab();
  await tab.session.bootSession();
  const heard: Fact["type"][] = [];
  for (const type of ["ready", "task"] as const)
    tab.realtime.onFact(type, (fact: Fact) => heard.push(fact.type));
  const leave = tab.realtime.startRealtime();
  leavings.push(leave);
  return { tab, heard, isConnected: () => tab.realtime.connectedStore.get(), leave };
}

async function listening(): Promise<Listener> {
  const listener = await listen();
  await vi.waitFor(() => expect(listener.isConnected()).toBe(true));
  return listener;
}

const changed: TaskFact = { type: "task", verb: "updated", id: 1, version: 2 };

function say(fact: object): void {
  for (const seat of seats) seat.send(JSON.stringify(fact));
}

const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 5_000 });

test("three tabs hear everything by one socket", async () => {
  const tabs = [await listening(), await listening(), await listening()];
  say(changed);
  await waitFor(() => {
    for (const { heard } of tabs) expect(heard).toEqual(["ready", "task"]);
  });
  expect(tickets).toBe(1);
  expect(seats.size).toBe(1);
});

test("when the tab with the socket leaves, the next one connects and all catch up", async () => {
  const [first, second, third] = [await listening(), await listening(), await listening()];
  first.leave();
  await waitFor(() => {
    expect(second.heard).toEqual(["ready", "ready"]);
    expect(third.heard).toEqual(["ready", "ready"]);
  });
  expect(first.isConnected()).toBe(false);
  await waitFor(() => expect(seats.size).toBe(1));
  say(changed);
  await waitFor(() => {
    expect(second.heard.at(-1)).toBe("task");
    expect(third.heard.at(-1)).toBe("task");
  });
  expect(first.heard).toEqual(["ready"]);
  expect(tickets).toBe(2);
});

test("a socket that closes is lost to all, and opened again for all", async () => {
  const tabs = [await listening(), await listening()];
  for (const seat of seats) seat.close();
  await waitFor(() => {
    for (const { isConnected } of tabs) expect(isConnected()).toBe(false);
  });
  await waitFor(() => {
    for (const { heard } of tabs) expect(heard).toEqual(["ready", "ready"]);
  });
  expect(tickets).toBe(2);
});

test("the end of the session ends it in every tab", async () => {
  const tabs = [await listening(), await listening()];
  say({ type: "session_ended" });
  await waitFor(() => {
    for (const { tab } of tabs) expect(tab.session.sessionStore.get().status).toBe("ended");
  });
});

test("when all have left, nobody is listening", async () => {
  const tabs = [await listening(), await listening()];
  for (const { leave } of tabs) leave();
  await waitFor(() => expect(seats.size).toBe(0));
  expect(tickets).toBe(1);
});

/** Another tab, of which only what it says can be seen. */
async function otherTab() {
  const channel = new BroadcastChannel("tm.socket");
  await new Promise<void>((held) => {
    void navigator.locks
      .request("tm.socket", () => {
        held();
        return new Promise<void>((resolve) => leavings.push(resolve));
      })
      .catch(() => undefined);
  });
  leavings.push(() => channel.close());
  return {
    tell: (userId: number, fact: Fact) =>
      channel.postMessage({ fact, origin: { userId, session: null } }),
  };
}

test("what another tab hears for somebody else is nobody's business here", async () => {
  const { tell } = await otherTab();
  const { heard } = await listen();
  tell(2, { type: "ready", cursor: "c" });
  tell(2, changed);
  tell(1, { type: "ready", cursor: "c" });
  await waitFor(() => expect(heard).toContain("ready"));
  expect(heard).toEqual(["ready"]);
});

test("a tab that has the lock and gives no sign of life loses it", async () => {
  await otherTab();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { heard } = await listen();
  expect(tickets).toBe(0);
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
  await waitFor(() => expect(heard).toEqual(["ready"]));
});

test("one that answers keeps it", async () => {
  const first = await listening();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const second = await listen();
  await vi.waitUntil(second.isConnected);
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
  say(changed);
  await waitFor(() => expect(second.heard).toEqual(["ready", "task"]));
  expect(first.heard).toEqual(["ready", "task"]);
  expect(tickets).toBe(1);
});

test.each([
  ["that has no locks", undefined],
  ["that refuses them", { request: () => Promise.reject(new DOMException("", "SecurityError")) }],
])("in a browser %s every tab has its own socket", async (_, value) => {
  Object.defineProperty(navigator, "locks", { value, configurable: true });
  const tabs = [await listening(), await listening()];
  expect(seats.size).toBe(2);
  say(changed);
  await waitFor(() => {
    for (const { heard } of tabs) expect(heard.at(-1)).toBe("task");
  });
});
