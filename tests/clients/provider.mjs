// A certified OpenID provider (oidc-provider) on a free port, as a municipality has one: whoever signs in by a name is an officer of
// Hilversum, or of VNG by the name `vng`, of the region Gooi en Vechtstreek by the name `gooi`, or of CoMensha by the name `comensha`. It prints the tables of STM_ISSUERS and the address, and runs until it is ended.
//
//     node provider.mjs FOLDER     writes FOLDER/issuers.toml and FOLDER/secret
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import Provider from "oidc-provider";

const [folder] = process.argv.slice(2);
const service = process.env.STM_SERVICE ?? "http://127.0.0.1";
const server = http.createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const secret = "een heel geheim van twee en dertig";
const audience = "samen-tegen-mensenhandel";
const people = { comensha: { role: "partner", partner: "comensha" }, gooi: { role: "region", area: "VR14" }, vng: { role: "vng" } };
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

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
  extraTokenClaims: (_, token) => people[token.accountId] ?? { role: "municipality", municipality: ["GM0402"] },
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
title = "Gemeentelijke aanmelding"
roles.MUNICIPALITY = "any"
roles.REGION = "any"
roles.VNG = "any"
`,
);
console.log(issuer);
