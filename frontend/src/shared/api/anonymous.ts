import { toAppError } from "./errors";
import { createHttp } from "./http";

const http = createHttp();

/** For somebody who is not signed in. Throws ApiError or NetworkError. */
export async function postAnonymously(url: string, data: object): Promise<void> {
  await http.post(url, data).catch((error: unknown) => {
    throw toAppError(error);
  });
}
