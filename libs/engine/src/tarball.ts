import { pack } from 'tar-stream';
import { type ContextFile } from './context.js';

/** The files as a tar archive that depends on nothing else: owner, group and time are zero. */
export async function tarball(files: readonly ContextFile[]): Promise<Buffer> {
  const archive = pack();
  for (const { path, mode, content } of files) {
    archive.entry({ name: path, mode, uid: 0, gid: 0, mtime: new Date(0) }, content);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
