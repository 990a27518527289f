import { readDockerfile } from './dockerfile';

describe('readDockerfile', () => {
  it('knows the images that it stands on and not its own stages', () => {
    const text = 'FROM lakehouse/base-java:dev AS build\nRUN true\nFROM build AS test\nFROM debian:bookworm-slim\n';
    expect(readDockerfile(text).bases).toEqual(['lakehouse/base-java:dev', 'debian:bookworm-slim']);
  });

  it('knows what is copied from the context', () => {
    const text = [
      'FROM a AS first',
      'COPY --chown=1:1 apps/spark/entrypoint.sh apps/spark/conf /opt/',
      'COPY ["with space/file", "/opt/"]',
      'COPY --from=first /made /opt/',
      'ADD https://example.org/file /opt/',
      'ADD more \\',
      '  /opt/',
    ].join('\n');
    expect(readDockerfile(text).sources).toEqual([
      'apps/spark/entrypoint.sh',
      'apps/spark/conf',
      'with space/file',
      'more',
    ]);
  });

  it('knows its parameters', () => {
    const text = 'ARG TAG=dev\nFROM a:$TAG AS first\nARG PIP_INDEX_URL\nFROM b\nARG PIP_INDEX_URL\n';
    expect(readDockerfile(text).parameters).toEqual(['TAG', 'PIP_INDEX_URL']);
  });
});
