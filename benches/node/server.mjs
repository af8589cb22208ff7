// `GET /` answers `ok` to whoever is signed in. Prints its port once it listens, and ends with its standard input.
import { clerkMiddleware, getAuth } from "@clerk/express";
import express from "express";

const setup = JSON.parse(process.env.SETUP);
const app = express();
if (process.argv[2] === "guarded") {
  app.use(
    clerkMiddleware({
      publishableKey: setup.publishable_key,
      secretKey: setup.secret_key,
      jwtKey: setup.jwt_key,
      authorizedParties: ["http://localhost:3000"],
    }),
  );
  app.get("/", (request, response) => {
    if (getAuth(request).userId) {
      response.type("text/plain").send("ok");
    } else {
      response.status(401).json({ error: "Not authenticated" });
    }
  });
} else {
  app.get("/", (_request, response) => response.type("text/plain").send("ok"));
}
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit());
