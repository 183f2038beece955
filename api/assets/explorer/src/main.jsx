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

// The bar is in the language of the address: Dutch, or English with `?language=en`.
const LANGUAGE = new URLSearchParams(window.location.search).get('language') === 'en' ? 'en' : 'nl';
document.documentElement.lang = LANGUAGE;

const TEXTS = {
  nl: {
    skip: 'Naar de vraag',
    site: 'Samen tegen mensenhandel: monitor',
    title: 'Verkenner',
    home: '/',
    docs: ['/docs', 'Documentatie'],
    other: ['/explorer?language=en', 'en', 'English'],
    example: 'Voorbeeld',
    choose: 'Kies een vraag',
    empty: 'leeg: alleen openbaar',
    copy: 'Kopieer als curl',
    query: 'Vraag',
    variables: 'Variabelen',
    answer: 'Antwoord',
    session: 'Vraag en antwoord',
    notJson: 'De variabelen zijn geen geldige JSON.',
    failed: 'Kopiëren is mislukt.',
    copiedWithToken: 'Gekopieerd. Zet het token zelf in de variabele STM_TOKEN.',
    copied: 'Gekopieerd.',
  },
  en: {
    skip: 'Skip to the query',
    site: 'Together against Human Trafficking: monitor',
    title: 'Explorer',
    home: '/en',
    docs: ['/docs/en', 'Documentation'],
    other: ['/explorer', 'nl', 'Nederlands'],
    example: 'Example',
    choose: 'Choose a query',
    empty: 'empty: public data only',
    copy: 'Copy as curl',
    query: 'Query',
    variables: 'Variables',
    answer: 'Answer',
    session: 'Query and answer',
    notJson: 'The variables are no valid JSON.',
    failed: 'Copying failed.',
    copiedWithToken: 'Copied. Put the token into the variable STM_TOKEN yourself.',
    copied: 'Copied.',
  },
};
const texts = TEXTS[LANGUAGE];

// The key with which a keyboard leaves an editor: CodeMirror would write a tab with it.
const LEAVING = { Tab: false, 'Shift-Tab': false };

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

  // GraphiQL gives its editors no names, and no way for the keyboard to scroll or to leave them.
  useEffect(() => {
    for (const [editor, name] of [
      [queryEditor, texts.query],
      [variableEditor, texts.variables],
      [responseEditor, texts.answer],
    ]) {
      if (!editor) continue;
      editor.setOption('screenReaderLabel', name);
      editor.getInputField().setAttribute('aria-label', name);
      editor.getScrollerElement().tabIndex = 0;
      editor.removeKeyMap(LEAVING);
      editor.addKeyMap(LEAVING);
    }
    // There are no tabs, so this is no panel of one.
    const session = document.getElementById('graphiql-session');
    session?.setAttribute('role', 'group');
    session?.removeAttribute('aria-labelledby');
    session?.setAttribute('aria-label', texts.session);
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
      setMessage(texts.notJson);
      return;
    }
    const command = curlCommand(queryEditor?.getValue() ?? '', variables, queryEditor?.operationName);
    if (!copy(command)) {
      setMessage(texts.failed);
    } else if (token) {
      setMessage(texts.copiedWithToken);
    } else {
      setMessage(texts.copied);
    }
  }

  const [docs, docsTitle] = texts.docs;
  const [other, otherTag, otherName] = texts.other;
  return (
    <header className="bar">
      <a className="skip" href="#graphiql-session">
        {texts.skip}
      </a>
      <div className="row">
        <a className="site" href={texts.home}>
          {texts.site}
        </a>
        <a href={docs}>{docsTitle}</a>
        <a href={other} lang={otherTag} hrefLang={otherTag}>
          {otherName}
        </a>
      </div>
      <h1>{texts.title}</h1>
      <form onSubmit={(event) => event.preventDefault()}>
        <label>
          {texts.example}
          <select defaultValue="" onChange={chooseExample}>
            <option value="" disabled>
              {texts.choose}
            </option>
            {examples.map((example, index) => (
              <option key={example.name} value={index}>
                {example.role === 'PUBLIC' ? example.label[LANGUAGE] : `${example.label[LANGUAGE]} (${example.role})`}
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
            placeholder={texts.empty}
            value={shownToken}
            onChange={changeToken}
          />
        </label>
        <button type="button" onClick={copyCurl}>
          {texts.copy}
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
        <GraphiQLInterface disableTabs isHeadersEditorEnabled={false} showPersistHeadersSettings={false} />
      </main>
    </GraphiQLProvider>
  );
}

// GraphiQL gives the field to look for a type a name and no role that may have one.
new MutationObserver(() => {
  document.querySelector('.graphiql-doc-explorer-search:not([role])')?.setAttribute('role', 'search');
}).observe(document.getElementById('explorer'), { childList: true, subtree: true });

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
