// Sixteen callers in a thread of their own: each asks, waits for the answer and asks again until the time is up.
import http from "node:http";
import { parentPort, workerData } from "node:worker_threads";

const CALLERS = 16;
const { port, seconds, path, method, headers, bodies } = workerData;
const agent = new http.Agent({ keepAlive: true, maxSockets: CALLERS });

// A draft is saved with the revisions that the answer before told; so each caller has a body of its own.
const revised = (body, text) => {
  const answers = body.variables?.input?.answers;
  if (!answers) return;
  const saved = JSON.parse(text).data?.saveDraft;
  if (!saved || saved.errors.length > 0) throw new Error(text);
  const revisions = new Map(saved.assessment.draft.answers.map(({ criterion, revision }) => [criterion.code, revision]));
  for (const answer of answers) answer.revision = revisions.get(answer.criterion);
};

const ask = (number) =>
  new Promise((resolve, reject) => {
    const body = bodies?.[number % bodies.length];
    const own = Array.isArray(headers) ? headers[number % headers.length] : headers;
    const request = http.request({ port, host: "127.0.0.1", path, method, agent, headers: own }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () => {
        if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} ${text}`));
        if (body) revised(body, text);
        resolve();
      });
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body ? JSON.stringify(body) : undefined);
  });

const until = performance.now() + seconds * 1000;
const times = [];
await Promise.all(
  Array.from({ length: CALLERS }, async (_, number) => {
    while (performance.now() < until) {
      const began = performance.now();
      await ask(number);
      times.push(performance.now() - began);
    }
  }),
);
agent.destroy();
parentPort.postMessage({ times: times.sort((a, b) => a - b), bodies });
