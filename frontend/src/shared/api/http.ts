import axios, { type AxiosInstance } from "axios";

export const REQUEST_TIMEOUT_MS = 15_000;

/** Plain transport: no token, no session policy. `client.ts` adds those. */
export function createHttp(): AxiosInstance {
  return axios.create({
    timeout: REQUEST_TIMEOUT_MS,
    headers: { Accept: "application/json" },
    // Arrays never go into queries here, and nulls must be visible mistakes.
    paramsSerializer: { indexes: null },
  });
}
