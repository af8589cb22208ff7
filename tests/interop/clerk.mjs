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

for await (const line of readline.createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const answer = question.redirect ? redirect(question.redirect) : await judge(question);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
