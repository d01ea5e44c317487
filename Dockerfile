# One image: the server and SQLite. Mount /data, or the workshops go with the container.
FROM python:3.11-slim

# For the PDF: without them it falls back to one serif and prints boxes for scripts and emoji.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --uid 10001 --no-create-home --home-dir /srv eutopia \
    && install -d -o eutopia -g eutopia /data

WORKDIR /srv
COPY requirements.lock .
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore \
    --require-hashes --requirement requirements.lock
COPY app app
COPY exports exports
COPY sessions sessions

ENV EUTOPIA_DATA=/data \
    HOST=0.0.0.0 \
    PORT=8000 \
    PYTHONUNBUFFERED=1
USER eutopia
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["python", "-m", "app"]
