// Judges requests with Clerk's own package. Takes a line of JSON for each request and answers with one.
import readline from "node:readline";

let now = 0;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now] : parts));
  }
  static now() {
    return now;
  }
};
// What the package logs is not for the one who reads the answers.
console.log = console.warn = console.error = () => {};

const { createClerkClient } = await import("@clerk/backend");
const { createRedirect } = await import("@clerk/backend/internal");
const { verifyWebhook } = await import("@clerk/backend/webhooks");
const clients = new Map();

function client(options) {
  const key = JSON.stringify(options);
  if (!clients.has(key)) clients.set(key, createClerkClient(options));
  return clients.get(key);
}

async function judge({ options, request, now_ms, acceptsToken }) {
  now = now_ms;
  const headers = new Headers();
  for (const [name, value] of request.headers) headers.append(name, value);
  const { organizationSyncOptions, ...fixed } = options;
  try {
    const state = await client(fixed).authenticateRequest(
      new Request(request.url, { method: request.method, headers }),
      { ...fixed, acceptsToken, organizationSyncOptions },
    );
    const { debug, getToken, has, sessionClaims, ...auth } = state.toAuth() ?? {};
    return {
      status: state.status,
      reason: state.reason,
      tokenType: state.tokenType,
      auth: Object.fromEntries(Object.entries(auth).filter(([, value]) => value != null)),
      headers: [...state.headers].filter(([name]) => name !== "x-clerk-auth-message"),
    };
  } catch (error) {
    return { error: String(error) };
  }
}

// The address that the package redirects to, or the error in its place.
function redirect({ page, returnBackUrl, ...params }) {
  try {
    const to = createRedirect({ redirectAdapter: (url) => url, ...params });
    return { url: page === "sign-in" ? to.redirectToSignIn({ returnBackUrl }) : to.redirectToSignUp({ returnBackUrl }) };
  } catch (error) {
    return { error: String(error) };
  }
}

// The event that a delivery is, or the error in its place.
async function webhook({ signingSecret, headers, body, now_ms }) {
  now = now_ms;
  try {
    const request = new Request("http://127.0.0.1/", { method: "POST", headers, body: Buffer.from(body, "base64") });
    return { event: await verifyWebhook(request, { signingSecret }) };
  } catch (error) {
    return { error: String(error) };
  }
}

async function answerTo(question) {
  if (question.redirect) return redirect(question.redirect);
  if (question.webhook) return webhook(question.webhook);
  return judge(question);
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const answer = await answerTo(JSON.parse(line));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
