# The image of the service: `docker build -t onrecord .`, or image/build.sh where there is no Docker.
#
# BASE is any Debian-like image with `python3`, its `venv` module and glibc. Both stages start from
# it, because the virtual environment links to the interpreter of the image it was made in.
# 3.11 is what requirements.txt was resolved for and what the tests run on.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /build
RUN dpkg-query --show --showformat '${db:Status-Abbrev} ${Package} ${Version} ${Architecture}\n' \
      >debian.list \
 && apt-get update --quiet=2 && apt-get install --quiet=2 --no-install-recommends binutils

# Dependencies first: this layer is made again only when a pin changes. The environment that ships
# has no pip of its own. A private index goes in as a secret, which no layer keeps:
#   docker build --secret id=pip,src=pip.conf .
COPY requirements.txt image/build-requirements.txt image/sbom-requirements.txt \
     image/telemetry-requirements.txt ./
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    python3 -m venv tools \
 && tools/bin/pip install --no-cache-dir --no-compile --require-hashes \
      -r build-requirements.txt -r sbom-requirements.txt \
 && python3 -m venv --without-pip /opt/onrecord \
 && tools/bin/pip --python /opt/onrecord/bin/python install --no-cache-dir --no-compile \
      --require-hashes --only-binary :all: -r requirements.txt -r telemetry-requirements.txt \
 # tokenizers brings a client of a model hub with it, and imports it only to download: 16 MB.
 && tools/bin/pip --python /opt/onrecord/bin/python uninstall --yes \
      huggingface-hub hf-xet fsspec filelock httpx2 httpcore2 truststore

# The project itself needs no index: its build tools are pinned and there already.
COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY image/slim.sh image/sbom.py ./
RUN tools/bin/pip wheel --no-index --no-deps --no-build-isolation --wheel-dir dist . \
 && tools/bin/pip --python /opt/onrecord/bin/python install \
      --no-index --no-deps --no-compile dist/*.whl \
 && ./slim.sh /opt/onrecord

# What is in the image, as a CycloneDX document: Python's packages and Debian's.
RUN tools/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application \
      --output-reproducible --output-format JSON --output-file python.cdx.json \
      /opt/onrecord/bin/python \
 && tools/bin/python sbom.py python.cdx.json debian.list >/opt/onrecord/onrecord.cdx.json

# A numeric user, so that Kubernetes can see for itself that it is not root.
RUN groupadd --gid 10001 onrecord \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp \
      --shell /usr/sbin/nologin onrecord \
 && mkdir --mode=0700 /data


# No command runs here: what ships is the base and these files.
FROM ${BASE}
COPY --from=build /etc/passwd /etc/group /etc/
COPY --from=build --chown=10001:10001 /data /data
COPY --from=build /opt/onrecord /opt/onrecord

# At run time only /data and /tmp are written, so that the root file system can be read-only.
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ORT_DISABLE_TELEMETRY=1 \
    ONRECORD_STORE=/data \
    ONRECORD_ALLOW_ANONYMOUS=false

USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# For engines without probes of their own; Kubernetes ignores it and has k8s/components/pod/pod.yaml.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["/opt/onrecord/bin/python", "-I", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]

ENTRYPOINT ["onrecord"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]

# Last, since they change with every commit.
ARG VERSION=unknown
ARG REVISION=unknown
ENV ONRECORD_REVISION=${REVISION}
LABEL org.opencontainers.image.title="onrecord" \
      org.opencontainers.image.description="Fact-checking REST API for newsrooms: exact, attributed quotes for and against a claim." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
