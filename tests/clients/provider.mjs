// A certified OpenID provider (oidc-provider) on a free port, as organisations have one: whoever signs in by the code of a municipality
// is an officer of it, by that of a region of that region, by the key of a partner of that partner, and by `vng` or `ministerie` of these;
// what follows a space tells colleagues apart. It prints its address, and runs until it is ended.
//
//     node provider.mjs FOLDER     writes FOLDER/issuers.toml and FOLDER/secret
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import Provider from "oidc-provider";

const [folder] = process.argv.slice(2);
const service = process.env.SERVICE_URL ?? "http://127.0.0.1";
const server = http.createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const secret = "een heel geheim van twee en dertig";
const audience = "samen-tegen-mensenhandel";
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

const officer = (account) => {
  const [name] = account.split(" ");
  if (name === "vng") return { role: "vng" };
  if (name === "ministerie") return { role: "ministry" };
  if (/^VR\d\d$/.test(name)) return { role: "region", area: name };
  if (/^GM\d{4}$/.test(name)) return { role: "municipality", municipality: [name] };
  return { role: "partner", partner: name };
};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "werkplek",
      client_secret: secret,
      redirect_uris: [`${service}/werkplek/aanmelden/terug`],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "one", alg: "ES256", use: "sig" }] },
  clientDefaults: { id_token_signed_response_alg: "ES256" },
  enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
  cookies: { keys: ["keys of a provider that lives for minutes"] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  extraTokenClaims: (_, token) => officer(token.accountId),
  features: {
    // Signing in by a name and any password, on plain pages.
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => "https://monitor.example.nl",
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: "", audience, accessTokenFormat: "jwt", accessTokenTTL: 3600, jwt: { sign: { alg: "ES256" } } }),
    },
  },
});
server.on("request", provider.callback());

fs.writeFileSync(path.join(folder, "secret"), secret);
fs.writeFileSync(
  path.join(folder, "issuers.toml"),
  `[[issuer]]
issuer = "${issuer}"
jwks = "${issuer}/jwks"
audience = "${audience}"
algorithms = ["ES256"]
browser = true
client_id = "werkplek"
client_secret_file = "${path.join(folder, "secret")}"
title = "uw organisatie"
roles.MUNICIPALITY = "any"
roles.REGION = "any"
roles.PARTNER = "any"
roles.VNG = "any"
roles.MINISTRY = "any"
`,
);
console.log(issuer);
