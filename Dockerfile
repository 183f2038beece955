# syntax=docker/dockerfile:1

# Pin both images by their digests before you build what you hand out, so that the same source makes the same image:
#   docker buildx imagetools inspect rust:1-slim-bookworm debian:bookworm-slim
#   docker build --build-arg RUST=rust:1-slim-bookworm@sha256:… --build-arg DEBIAN=debian:bookworm-slim@sha256:… .
ARG RUST=rust:1-slim-bookworm
ARG DEBIAN=debian:bookworm-slim

FROM ${RUST} AS builder
# The list of crates goes into the program, as .ci/supply-chain puts it there: `cargo audit bin stm` reads it.
ARG CARGO_AUDITABLE=0.7.7
RUN cargo install --quiet --locked --version "${CARGO_AUDITABLE}" cargo-auditable
WORKDIR /src
COPY . .
# The image brings gcc and the C library, which is all that aws-lc-sys asks for on 64-bit Linux (x86 and Arm). Registry
# and target stay in caches between builds, so the binary is copied out of the cache in the same step.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo auditable build --profile dist --locked --package api --bin stm \
    && install -D --mode=0755 target/dist/stm /out/stm

FROM ${DEBIAN} AS service
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 stm \
    && useradd --uid 10001 --gid stm --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin stm \
    && install --directory --owner=stm --group=stm --mode=0700 /var/lib/stm
COPY --from=builder /out/stm /usr/local/bin/stm
# There is no PostgreSQL in here: give DATABASE_URL.
ENV STM_LISTEN=0.0.0.0:8080 \
    STM_DATA_DIR=/var/lib/stm
USER 10001:10001
WORKDIR /var/lib/stm
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/usr/local/bin/stm", "health", "--url", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["/usr/local/bin/stm"]
CMD ["serve"]

# For trying it out (--target sandbox): the same with a PostgreSQL inside, of which `stm sandbox` runs a private server.
FROM service AS sandbox
USER root
RUN mkdir /etc/postgresql-common \
    && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf \
    && apt-get update \
    && apt-get install --yes --no-install-recommends postgresql \
    && rm -rf /var/lib/apt/lists/*
USER 10001:10001
CMD ["sandbox"]

# What is built where no target is named.
FROM service
