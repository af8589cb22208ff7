// Judges requests and makes calls with Clerk's own package. Takes a line of JSON for each request and answers with one.
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

// An object as the package reads it, its names in snake case. Metadata and claims are the application's and stay as they are.
function mapped(value) {
  if (Array.isArray(value)) return value.map(mapped);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) === Object.prototype) return value;
  const members = Object.entries(value).filter(([name]) => name !== "_raw");
  return Object.fromEntries(members.map(([name, member]) => [snake(name), mapped(member)]));
}

function snake(name) {
  return name.replace(/URL$/, "Url").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

// The same as it came, where the package keeps that; otherwise null.
function raw(value) {
  if (!Array.isArray(value)) return value?._raw ?? null;
  const items = value.map(raw);
  return items.includes(null) ? null : items;
}

// A call of the Backend API: what came of it.
async function call({ options, namespace, method, arguments: given, now_ms }) {
  now = now_ms;
  try {
    const result = await client(options)[namespace][method](...given);
    if (!Array.isArray(result?.data)) return { raw: raw(result), mapped: mapped(result) };
    const page = (data) => data && { data, total_count: result.totalCount };
    return { raw: page(raw(result.data)), mapped: page(mapped(result.data)) };
  } catch (error) {
    if (!error.errors) return { error: String(error) };
    const { code, message, longMessage, meta } = error.errors[0];
    return {
      refused: {
        status: error.status,
        code,
        message,
        long_message: longMessage,
        param_name: meta?.paramName ?? null,
        has_trace_id: /^[0-9a-f]{32}$/.test(error.clerkTraceId),
      },
    };
  }
}

async function answerTo(question) {
  if (question.redirect) return redirect(question.redirect);
  if (question.webhook) return webhook(question.webhook);
  if (question.call) return call(question.call);
  return judge(question);
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const answer = await answerTo(JSON.parse(line));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
