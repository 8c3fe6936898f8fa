// A real service that people sign in through: the certified `oidc-provider`, with its own pages for trying things. It knows
// one person of a region, and lets the bank in as a client.

import { once } from "node:events";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const CLIENT = { client_id: "kravbanken", client_secret: "a secret for tests and nothing else" };
export const PERSON = { sub: "astrid", name: "Astrid Region", email: "astrid@skane.example", email_verified: true };

// Takes a port; what the bank has to know is in `settings`. `serve` begins to answer, when the bank's address is known.
export async function startProvider() {
  let answer = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const serve = (origin) => {
    const provider = new Provider(issuer, {
      clients: [{ ...CLIENT, redirect_uris: [`${origin}/logga-in/oidc/1/svar`], grant_types: ["authorization_code"], response_types: ["code"] }],
      claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
      findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ ...PERSON, sub }) }),
      features: { devInteractions: { enabled: true } },
      cookies: { keys: ["a key for tests and nothing else"] },
    });
    answer = provider.callback();
  };
  const settings = {
    KRAVBANK_OIDC_1_ISSUER: issuer,
    KRAVBANK_OIDC_1_CLIENT_ID: CLIENT.client_id,
    KRAVBANK_OIDC_1_CLIENT_SECRET: CLIENT.client_secret,
    KRAVBANK_OIDC_1_NAME: "Region Skåne",
    KRAVBANK_OIDC_1_DOMAINS: "skane.example",
    KRAVBANK_OIDC_1_ORGANISATION: "region-skane",
  };
  const stop = async () => {
    server.closeAllConnections();
    server.close();
  };
  return { issuer, settings, serve, stop };
}
