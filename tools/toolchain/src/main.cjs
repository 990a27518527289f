// Written for any Node at all, so that an old one is told of, and not stumbled over.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(
    'error LH3001: This is Node ' + process.versions.node + '. Install Node 20.19 or newer and start again.',
  );
  process.exit(3);
}
import('./start.mjs');
