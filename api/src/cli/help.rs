//! What `stm --help` says of the settings.

/// The settings, for `stm --help`.
pub(super) const SETTINGS: &str = "\
Settings, as variables of the environment, or by the same names in the TOML file that STM_CONFIG \
names:
  DATABASE_URL            the database as stm_app; without it the program runs a private one
  DATABASE_LISTEN_URL     the same database past a pooler, to hear there what other instances \
                          record; default DATABASE_URL
  DATABASE_READ_URL       a standby of it as stm_app, which is read from whenever it has all that \
                          the primary has; default: none
  DATABASE_OWNER_URL      the same database as stm_owner, for migrate, redact and sessions
  DATABASE_AUDITOR_URL    the same database as stm_auditor, for verify, export and redact
  DATABASE_URL_FILE, DATABASE_LISTEN_URL_FILE, DATABASE_READ_URL_FILE, DATABASE_OWNER_URL_FILE, \
DATABASE_AUDITOR_URL_FILE
                          files that hold these addresses, for who gives secrets by files
  STM_LISTEN              name or IP address and port to serve at, as in 127.0.0.1:8080 or \
                          [::1]:8080; or a socket, as in unix:/run/stm/stm.sock; default \
                          127.0.0.1:8080, port 0 is any free one
  STM_PUBLIC_URL          the address as users know it; default http:// and the address served at
  STM_DATA_DIR            folder of the private database and of keys made here; default .stm in \
                          the current folder
  STM_PG_BIN_DIR          folder of the programs postgres and initdb, for the private database; \
                          default: searched for
  STM_POOL                connections to PostgreSQL, 1 to 200; default two for each thread that \
                          answers, and four at least
  STM_WORKERS             threads that answer requests, 1 to 256; default: one a core
  STM_RATE_PUBLIC         requests a minute of an address without a token, 1 at least; default \
                          1200
  STM_RATE_SIGNED_IN      requests a minute of somebody with a token, 1 at least; default 2400
  STM_PROXIES             proxies of your own before the service, whose X-Forwarded-For and -Proto \
                          are believed, 0 to 255; default 0
  STM_SOCKETS             open WebSockets of an instance, 0 to 1000000; default 1000
  STM_KEPT_MEGABYTES      room for answers that are kept ready, of all roles together, 0 to 65535; \
                          with 0 each is computed; default 48
  STM_TMP_DIR             folder of files that are written before they are sent, workbooks and \
                          Parquet of feeds; default /tmp
  STM_TMP_MEGABYTES       room for all these files together, 1 to 65535; default 512
  STM_TMP_FILES           how many of them are written or sent at once, 1 to 65535; default 8
  STM_TRUSTED_DOCUMENTS   a folder of queries (*.graphql) that may be asked by the SHA-256 of \
                          their text
  STM_TRUSTED_ONLY        \"public\": without a token only trusted documents may be asked
  OTEL_EXPORTER_OTLP_ENDPOINT
                          collector of traces, by OTLP over HTTP in JSON, as in \
                          http://collector:4318; default: none
  STM_LOG                 error, warn, info, debug, trace or off, or a list like \
                          info,database=debug; default info
  STM_LOG_FORMAT          text or json; default json with DATABASE_URL, text without
  STM_SMTP_HOST           mail server for the daily digests of open tasks; default: no mail is sent
  STM_SMTP_PORT           its port, 1 to 65535; default 587, with tls 465, with none 25
  STM_SMTP_SECURITY       starttls, tls, or none (in the clear, without a login); default starttls
  STM_SMTP_FROM           address that mails come from, as in monitor@example.nl; needed with \
                          STM_SMTP_HOST
  STM_SMTP_USER, STM_SMTP_PASSWORD_FILE
                          who logs in to it, and the file with the password; default: nobody
  STM_PSEUDONYM_KEY_FILE  file of at least 32 secret bytes by which the ledger names persons; \
                          needed with DATABASE_URL
  STM_ISSUERS             TOML file with a table [[issuer]] for each party whose tokens are \
                          accepted, as in
                          docker/issuers.example.toml; the tables may also stand in the file of \
                          STM_CONFIG
  [publisher]             a table of the file of STM_CONFIG: what publications name of who \
                          publishes; name, identifier, email, telephone, licence (of the data; \
                          default CC0-1.0), accessibility and privacy (addresses of the \
                          statements), as in docker/settings.example.toml
  STM_TOKEN_HOURS         hours from now that the end of a token may be away at most, 1 to 8784; \
                          default 24
  STM_DEV_ISSUER          i-know-this-is-not-production: accept tokens made here, also with \
                          DATABASE_URL or STM_ISSUERS

Exit codes: 0 done; 1 failed, or found something; 2 wrong arguments or settings, and nothing was \
done.";
