// The explorer: GraphiQL on the API of the same origin, with a field for a token.
//
// Everything it keeps, it keeps in sessionStorage: on a shared computer nothing is left when the tab is closed. The token
// goes into the header of a request and nowhere else; a copied curl command names a shell variable in its place.

import 'graphiql/graphiql.css';
import './explorer.css';

import { useEditorContext } from '@graphiql/react';
import copy from 'copy-to-clipboard';
import { GraphiQLInterface, GraphiQLProvider } from 'graphiql';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

const ENDPOINT = '/v1/graphql';
const EXAMPLES = '/docs/examples.json';
const TOKEN_KEY = 'explorer.token';

// A browser that blocks storage throws at the mere mention of it.
function sessionStore() {
  try {
    window.sessionStorage.length;
    return window.sessionStorage;
  } catch {
    return null;
  }
}

const store = sessionStore();
let token = store?.getItem(TOKEN_KEY) ?? '';

function keepToken(value) {
  token = value.trim();
  try {
    if (token) store?.setItem(TOKEN_KEY, token);
    else store?.removeItem(TOKEN_KEY);
  } catch {
    // The storage is full: the token then lives as long as the page.
  }
}

async function ask(request, accept, signal) {
  const headers = { 'Content-Type': 'application/json', Accept: accept };
  if (token) headers.Authorization = `Bearer ${token}`;
  return fetch(ENDPOINT, {
    method: 'POST',
    headers,
    body: JSON.stringify(request),
    credentials: 'omit',
    signal,
  });
}

async function answerOf(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { errors: [{ message: `HTTP ${response.status}: ${text.slice(0, 500)}` }] };
  }
}

// The answers of a subscription, until it is over or the reader has enough.
async function* follow(request) {
  const leaving = new AbortController();
  try {
    const response = await ask(request, 'text/event-stream', leaving.signal);
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      yield await answerOf(response);
      return;
    }
    let text = '';
    for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (text + value).split('\n\n');
      text = events.pop();
      for (const event of events) {
        const data = event.match(/^event: next\ndata: (.*)$/)?.[1];
        if (data) yield JSON.parse(data);
      }
    }
  } finally {
    leaving.abort();
  }
}

async function fetcher(request, { documentAST } = {}) {
  const operation = documentAST?.definitions.find(
    ({ name, kind }) =>
      kind === 'OperationDefinition' && (!request.operationName || name?.value === request.operationName),
  );
  if (operation?.operation === 'subscription') return follow(request);
  return answerOf(await ask(request, 'application/graphql-response+json, application/json'));
}

function shellQuoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function curlCommand(query, variables, operationName) {
  const request = { query };
  if (variables) request.variables = variables;
  if (operationName) request.operationName = operationName;
  const follows = /^\s*subscription\b/m.test(query);
  return [
    `curl ${follows ? '-N ' : ''}${shellQuoted(window.location.origin + ENDPOINT)}`,
    ...(follows ? [`-H 'Accept: text/event-stream'`] : []),
    ...(token ? ['-H "Authorization: Bearer $STM_TOKEN"'] : []),
    `-H 'Content-Type: application/json'`,
    `--data-raw ${shellQuoted(JSON.stringify(request))}`,
  ].join(' \\\n  ');
}

function Bar({ examples }) {
  const { queryEditor, variableEditor, responseEditor } = useEditorContext({ nonNull: true });
  const [shownToken, setShownToken] = useState(token);
  const [message, setMessage] = useState('');

  // GraphiQL gives its editors no names, and no way for the keyboard to scroll them.
  useEffect(() => {
    for (const [editor, name] of [
      [queryEditor, 'Vraag'],
      [variableEditor, 'Variabelen'],
      [responseEditor, 'Antwoord'],
    ]) {
      editor?.setOption('screenReaderLabel', name);
      editor?.getInputField().setAttribute('aria-label', name);
      if (editor) editor.getScrollerElement().tabIndex = 0;
    }
  }, [queryEditor, variableEditor, responseEditor]);

  function changeToken(event) {
    setShownToken(event.target.value);
    keepToken(event.target.value);
  }

  function chooseExample(event) {
    const example = examples[Number(event.target.value)];
    if (!example) return;
    queryEditor?.setValue(example.query.trim());
    variableEditor?.setValue(example.variables ? JSON.stringify(example.variables, null, 2) : '');
  }

  function copyCurl() {
    const written = variableEditor?.getValue().trim();
    let variables;
    try {
      variables = written ? JSON.parse(written) : undefined;
    } catch {
      setMessage('De variabelen zijn geen geldige JSON.');
      return;
    }
    const command = curlCommand(queryEditor?.getValue() ?? '', variables, queryEditor?.operationName);
    if (!copy(command)) {
      setMessage('Kopiëren is mislukt.');
    } else if (token) {
      setMessage('Gekopieerd. Zet het token zelf in de variabele STM_TOKEN.');
    } else {
      setMessage('Gekopieerd.');
    }
  }

  return (
    <header className="bar">
      <h1>Samen tegen mensenhandel: explorer</h1>
      <form onSubmit={(event) => event.preventDefault()}>
        <label>
          Voorbeeld
          <select defaultValue="" onChange={chooseExample}>
            <option value="" disabled>
              Kies een vraag
            </option>
            {examples.map((example, index) => (
              <option key={example.name} value={index}>
                {example.role === 'PUBLIC' ? example.label.nl : `${example.label.nl} (${example.role})`}
              </option>
            ))}
          </select>
        </label>
        <label>
          Token
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            placeholder="leeg: alleen openbare gegevens"
            value={shownToken}
            onChange={changeToken}
          />
        </label>
        <button type="button" onClick={copyCurl}>
          Kopieer als curl
        </button>
        <span role="status">{message}</span>
      </form>
    </header>
  );
}

function Explorer({ examples }) {
  return (
    <GraphiQLProvider fetcher={fetcher} storage={store} defaultQuery={examples[0]?.query.trim()}>
      <Bar examples={examples} />
      {/* GraphiQL itself speaks English only. */}
      <main lang="en">
        <GraphiQLInterface isHeadersEditorEnabled={false} showPersistHeadersSettings={false} />
      </main>
    </GraphiQLProvider>
  );
}

// Without examples the explorer still explores.
async function examplesOfTheService() {
  try {
    const response = await fetch(EXAMPLES, { credentials: 'omit' });
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}

examplesOfTheService().then((examples) => {
  createRoot(document.getElementById('explorer')).render(<Explorer examples={examples} />);
});
