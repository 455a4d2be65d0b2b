# The program alone, for a dossier in the folder /dossier:
#
#   docker build --tag sourcebook .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/dossier" sourcebook build

FROM rust:1.92-slim-bookworm AS build
WORKDIR /src
# A C compiler and linker stand in the image already; nothing else is needed.
COPY Cargo.toml Cargo.lock build.rs ./
COPY benches benches
COPY src src
COPY themes themes
RUN cargo build --release --locked --bin sourcebook

FROM debian:12-slim
# For links to check and targets to publish to: the roots of trust, git and rsync.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git rsync \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/target/release/sourcebook /usr/local/bin/sourcebook
# No rights; `--user` gives the files that are written to whoever calls.
USER 65534:65534
ENV HOME=/tmp
WORKDIR /dossier
EXPOSE 1117
ENTRYPOINT ["sourcebook"]
CMD ["build"]
