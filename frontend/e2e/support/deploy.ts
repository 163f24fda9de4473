import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { test as base } from "./test";

export const NEXT_BUILD = "next-build";

/** Another build's worker, of a page that starts with something else. */
async function nextWorker(url: string): Promise<string> {
  const worker = await (await fetch(url)).text();
  return worker
    .replace(/ENTRY = "[^"]*"/, 'ENTRY = "/manifest.webmanifest"')
    .replace(/VERSION = "[^"]*"/, `VERSION = "${NEXT_BUILD}"`);
}

/** Stands between browser and server: a browser asks for its worker past every route of a test. */
class Deployment {
  private isDone = false;
  private readonly server = createServer((asked, answer) => void this.answer(asked, answer));

  async open(): Promise<string> {
    this.server.on("connect", tunnel);
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  readonly start = () => {
    this.isDone = true;
  };

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { url = "", method, headers } = asked;
    if (this.isDone && url.endsWith("/sw.js")) {
      answer.setHeader("Content-Type", "text/javascript").end(await nextWorker(url));
      return;
    }
    const further = request(url, { method, headers }, (got) => {
      got.pipe(answer.writeHead(got.statusCode ?? 502, got.headers));
    });
    asked.pipe(further.on("error", () => answer.destroy()));
  }
}

/** Sockets go through as they are. */
function tunnel({ url }: IncomingMessage, browser: Socket): void {
  const { hostname, port } = new URL(`http://${url}`);
  const server = connect(Number(port), hostname, () => {
    browser.write("HTTP/1.1 200 OK\r\n\r\n");
    server.pipe(browser).pipe(server);
  });
  for (const side of [server, browser]) side.on("error", () => side.destroy());
}

interface Fixtures {
  readonly deployment: Deployment;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of this pattern
  deployment: async ({}, use) => {
    const deployment = new Deployment();
    await use(deployment);
    deployment.close();
  },
  proxy: async ({ deployment }, use) =>
    use({ server: await deployment.open(), bypass: "<-loopback>" }),
});
