// Written for any Node at all, so that an old one is told of, and not stumbled over.
var version = /^(\d+)\.(\d+)/.exec(process.versions.node) || [];
if (Number(version[1]) < 20 || (Number(version[1]) === 20 && Number(version[2]) < 19)) {
  console.error(
    'error LH3001: This is Node ' + process.versions.node + '. Install Node 20.19 or newer and start again.',
  );
  process.exit(3);
}
import('./start.mjs');
