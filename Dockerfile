# The server: built in one stage, run in another by a user who owns nothing but the corpus.
FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/gongbao \
    && /opt/gongbao/bin/pip install --no-cache-dir --constraint constraints.txt '.[postgresql,ocr,scale]'

FROM python:3.12-slim
COPY --from=build /opt/gongbao /opt/gongbao
RUN useradd --create-home --uid 10001 gongbao && install --directory --owner gongbao /corpus
USER 10001
ENV PATH=/opt/gongbao/bin:$PATH GONGBAO_HOME=/corpus GONGBAO_LOG=info
VOLUME /corpus
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/api/v1/health/ready', timeout=4)"]
CMD ["gongbao", "serve", "--host", "0.0.0.0"]
