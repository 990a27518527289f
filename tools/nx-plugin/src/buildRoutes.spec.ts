import { buildRoutes } from './buildRoutes';

describe('buildRoutes', () => {
  const environment = {
    HTTPS_PROXY: 'http://proxy:3128',
    no_proxy: '',
    PIP_INDEX_URL: 'https://mirror/simple',
    HOME: '/',
  };

  it('passes a mirror to the Dockerfiles that ask for it, and proxies to all', () => {
    const { HTTPS_PROXY, PIP_INDEX_URL } = environment;
    expect(buildRoutes(environment, ['PIP_INDEX_URL', 'GOPROXY'])).toEqual({ HTTPS_PROXY, PIP_INDEX_URL });
    expect(buildRoutes(environment, ['GOPROXY', 'HOME'])).toEqual({ HTTPS_PROXY });
  });
});
