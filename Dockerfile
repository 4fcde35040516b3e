# One image for every service: `woo service search_api`, `woo service publisher`, `woo work`, and every other command.
#   docker build -t woo-platform:0.1.0 .
# BASE is the official Python image, or any Debian with python3 in apt. To pin it by digest as well, write
# python:3.11.14-slim-bookworm@sha256:… (docs/operations.md, "Pinning").
ARG BASE=docker.io/library/python:3.11.14-slim-bookworm

FROM ${BASE} AS build
RUN command -v python3 >/dev/null \
    || (apt-get update && apt-get install --yes --no-install-recommends python3 python3-venv)
WORKDIR /src
COPY requirements/run.lock requirements/run.lock
# Wheels alone, each with the hash of the lock: nothing is compiled, and nothing runs that was not looked at.
RUN python3 -m venv /opt/woo \
    && /opt/woo/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/run.lock
COPY pyproject.toml README.md ./
COPY config config
COPY woo woo
COPY ingest ingest
COPY publisher publisher
COPY search_api search_api
RUN /opt/woo/bin/python -m pip install --no-cache-dir --no-index --no-build-isolation --no-deps . \
    && /opt/woo/bin/python -m pip uninstall --yes hatchling editables setuptools pip
COPY docker/healthy.py docker/index_keys.py /opt/woo/libexec/

FROM ${BASE} AS runtime
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="woo-platform" \
      org.opencontainers.image.description="Publish and search documents under the Wet open overheid" \
      org.opencontainers.image.licenses="EUPL-1.2" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates fonts-dejavu-core fonts-liberation tesseract-ocr tesseract-ocr-nld \
        $(command -v python3 >/dev/null || echo python3) \
    && rm -rf /var/lib/apt/lists/* \
    && find / -xdev -type f -perm /6000 -exec chmod a-s {} +
# The folders are made here so that a new named volume gets them with their owner. There is no VOLUME: it would give every
# service of docker-compose.yml a writable folder without a name. On its own: docker run -v woo:/data -p 8000:8000 …
RUN groupadd --gid 10001 woo \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin woo \
    && install --directory --owner 10001 --group 10001 --mode 0750 \
        /data /data/archive /data/public /data/inbox /data/index /data/tmp /data/minio /keys /keys/read /keys/write \
    && install --directory --owner 10001 --group 10001 --mode 0700 /data/sleutels
COPY --from=build /opt/woo /opt/woo
ENV PATH=/opt/woo/bin:/usr/local/bin:/usr/bin:/bin \
    LANG=C.UTF-8 \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WOO_HOME=/data \
    WOO_SERVE__PUBLIC_HOST=0.0.0.0 \
    WOO_LOGGING__FORMAT=json
WORKDIR /data
USER 10001:10001
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "/opt/woo/libexec/healthy.py", "http://127.0.0.1:8000/gezondheid/live"]
ENTRYPOINT ["woo"]
CMD ["serve"]
