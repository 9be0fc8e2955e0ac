import createClient, { type ClientOptions } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type { components, operations, paths } from "./schema.js";

/** The API's objects by their names, for example `Schemas["Registration"]`. */
export type Schemas = components["schemas"];

/** How the API refuses; `code` says why and never changes. */
export type Problem = Schemas["Problem"];

/** Settings of a client. */
export interface CpdEventsOptions extends Omit<ClientOptions, "baseUrl"> {
  /** The `token` of a session, for programs. A page in a browser has a cookie and leaves it out. */
  token?: string;
}

/** A client of the API at this address, for example `https://events.example.org`. */
export function cpdEvents(baseUrl: string, { token, ...options }: CpdEventsOptions = {}) {
  const client = createClient<paths>({ credentials: "include", ...options, baseUrl });
  if (token !== undefined) {
    client.use({
      onRequest({ request }) {
        request.headers.set("Authorization", `Bearer ${token}`);
      },
    });
  }
  return client;
}
