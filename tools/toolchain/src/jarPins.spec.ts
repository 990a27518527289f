import { isAmong, isArtifact, pinOf, projectOf } from './jarPins.mjs';

describe('projectOf', () => {
  it('asks for artifacts with what they need less what is excluded, and for others alone', () => {
    const list = { roots: ['g:a:${one}'], exclude: ['g:unwanted'], alone: ['g:b:2:bin@tar.gz'] };
    const project = projectOf(list, { one: '1' });

    expect(project).toContain(
      '<groupId>g</groupId><artifactId>a</artifactId><version>1</version><type>jar</type>' +
        '<exclusions><exclusion><groupId>g</groupId><artifactId>unwanted</artifactId></exclusion></exclusions>',
    );
    expect(project).toContain(
      '<version>2</version><classifier>bin</classifier><type>tar.gz</type>' +
        '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>',
    );
  });

  it('names a version that is not there', () => {
    expect(() => projectOf({ roots: ['g:a:${two}'] }, { one: '1' })).toThrow('no version called two');
  });
});

describe('pinOf', () => {
  it('reads an artifact from its path', () => {
    const jar = { group: 'org.apache', artifact: 'a-b', version: '1.0', sha256: 'x' };
    expect(pinOf('org/apache/a-b/1.0/a-b-1.0.jar', 'x')).toEqual(jar);
    const archive = { ...jar, classifier: 'bin', extension: 'tar.gz' };
    expect(pinOf('org/apache/a-b/1.0/a-b-1.0-bin.tar.gz', 'x')).toEqual(archive);
  });
});

describe('isArtifact', () => {
  it('knows artifacts from what else lies in a repository', () => {
    const paths = ['g/a/1/a-1.jar', 'g/a/1/a-1-bin.tar.gz', 'g/a/1/a-1.pom', 'g/a/1', 'g/a/maven-metadata.xml'];
    expect(paths.filter(isArtifact)).toEqual(['g/a/1/a-1.jar', 'g/a/1/a-1-bin.tar.gz']);
  });
});

describe('isAmong', () => {
  it('compares artifacts, not versions', () => {
    const files = ['netty-codec-http2-4.2.jar'];
    expect(isAmong('netty-codec-http2', files)).toBe(true);
    expect(isAmong('netty-codec', files)).toBe(false);
  });
});
