# The product as one image: web, jobs and every command of manage.py. Nothing is compiled when it runs, nothing runs as root.

FROM python:3.11.14-slim-bookworm AS built
COPY requirements.txt .
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir -r requirements.txt
COPY . /opt/pacesetter
RUN /opt/venv/bin/python -m compileall -q /opt/pacesetter

FROM python:3.11.14-slim-bookworm
RUN groupadd --system --gid 10001 pacesetter \
    && useradd --system --uid 10001 --gid pacesetter --home-dir /var/lib/pacesetter --create-home --shell /usr/sbin/nologin pacesetter \
    && install --directory --owner=pacesetter --group=pacesetter --mode=0700 /backups /var/lib/pacesetter/recordings
COPY --from=built /opt/venv /opt/venv
COPY --from=built /opt/pacesetter /opt/pacesetter
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1 \
    PACESETTER_HOME=/var/lib/pacesetter \
    PACESETTER_HOST=0.0.0.0 \
    PACESETTER_LOG_FORMAT=json \
    PACESETTER_MODE=production \
    PORT=8501
WORKDIR /opt/pacesetter
USER pacesetter
VOLUME /var/lib/pacesetter
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import sys, urllib.request as r; sys.exit(r.urlopen('http://127.0.0.1:8501/api/health', timeout=4).status != 200)"]
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8501", "--lifespan", "on", "--ws", "websockets-sansio", "--no-access-log", "--timeout-graceful-shutdown", "5"]
