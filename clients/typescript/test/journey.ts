// Signs up, logs in by cookie and by token, publishes, registers and pays, at a running platform:
//   CPD_URL, CPD_MAILBOX_URL and CPD_SANDBOX_URL say where.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { cpdEvents } from "../src/index.js";

const url = setting("CPD_URL");
const mailbox = setting("CPD_MAILBOX_URL");
const sandbox = setting("CPD_SANDBOX_URL");

const anybody = cpdEvents(url);
const password = `correct horse ${randomUUID()}`;
const email = `tess.typescript.${randomUUID()}@example.com`;

// Sign up and follow the link in the mail.
const signUp = await anybody.POST("/api/v1/accounts", {
  body: { email, password, name: "Tess Typescript" },
});
assert.equal(signUp.response.status, 202);
const token = await eventually("the verification mail", async () => tokenInMail());
const verified = await anybody.POST("/api/v1/accounts/verification", {
  body: { token, password },
});
assert.equal(verified.response.status, 204);

// A refusal is typed: `code` is one of those that this operation can answer.
const refused = await anybody.POST("/api/v1/sessions", { body: { email, password: "wrong" } });
assert.equal(refused.error?.code, "invalid-credentials");

// Log in as a page does: a cookie, and no token that a script could read.
const page = cpdEvents(url, { headers: { Origin: new URL(url).origin } });
const inPage = await page.POST("/api/v1/sessions", { body: { email, password } });
assert.equal(inPage.data?.token, null);
const cookie = inPage.response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const me = await cpdEvents(url, { headers: { Cookie: cookie } }).GET("/api/v1/me");
assert.equal(me.data?.email, email);

// Log in as a program does: a token.
const session = must(await anybody.POST("/api/v1/sessions", { body: { email, password } }));
assert.ok(session.token);
const tess = cpdEvents(url, { token: session.token });

// Publish an event.
const organization = must(
  await tess.POST("/api/v1/organizations", { body: { name: "Institute of Types" } }),
);
const event = await eventually("the owner's role", async () => {
  const created = await tess.POST("/api/v1/organizations/{organizationId}/events", {
    params: { path: { organizationId: organization.id } },
    body: {
      title: "Types for clinicians",
      mode: "online",
      startsAt: new Date(Date.now() + 1000 * 86_400_000).toISOString(), // later than any journey's clock
      endsAt: new Date(Date.now() + 1001 * 86_400_000).toISOString(),
      timeZone: "America/Toronto",
      currency: "CAD",
      capacity: 10,
    },
  });
  return created.data;
});
const eventPath = { params: { path: { eventId: event.id } } };
const ticketType = must(
  await tess.POST("/api/v1/events/{eventId}/ticket-types", {
    ...eventPath,
    body: { name: "Standard", price: { amountMinor: 12_500, currency: "CAD" } },
  }),
);
const published = must(await tess.POST("/api/v1/events/{eventId}/publication", eventPath));
assert.equal(published.status, "published");

// Register and pay.
const registration = must(
  await tess.POST("/api/v1/events/{eventId}/registrations", {
    ...eventPath,
    body: {
      tickets: [{ ticketTypeId: ticketType.id, attendee: { name: "Tess Typescript", email } }],
    },
  }),
);
assert.equal(registration.status, "held");
const payment = await eventually("the payment", async () => {
  const found = must(
    await tess.GET("/api/v1/payments", {
      params: { query: { registrationId: registration.id, waitSeconds: 5 } },
    }),
  );
  return found.data[0];
});
const checkout = must(
  await tess.POST("/api/v1/payments/{paymentId}/checkout", {
    params: { path: { paymentId: payment.id } },
    body: { successUrl: `${url}/registrations/${registration.id}`, cancelUrl: url },
  }),
);
const checkoutId = /cs_[A-Za-z0-9_]+/.exec(checkout.url)?.[0];
const paid = await fetch(`${sandbox}/_sandbox/checkout-sessions/${checkoutId}/pay`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ card: "4242424242424242" }),
});
assert.equal(paid.status, 200);
const confirmed = await eventually("the confirmation", async () => {
  const seen = must(
    await tess.GET("/api/v1/registrations/{registrationId}", {
      params: { path: { registrationId: registration.id } },
    }),
  );
  return seen.status === "confirmed" ? seen : undefined;
});
assert.ok(confirmed.tickets[0]?.code);
console.log("The TypeScript client signed up, published, registered and paid.");

function setting(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} must be set`);
  return value;
}

/** What an operation answered, when it was not refused. */
function must<T>(answer: { data?: T; error?: unknown }): T {
  assert.ok(answer.data !== undefined, `refused: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

async function tokenInMail(): Promise<string | undefined> {
  const found = await fetch(`${mailbox}/api/messages?to=${encodeURIComponent(email)}`);
  return /#token=([A-Za-z0-9_-]+)/.exec(await found.text())?.[1];
}

/** Asks until there is something, for at most 30 seconds. */
async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const found = await ask();
    if (found !== undefined) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} did not come`);
}
