import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * The digest of some files' contents.
 * @param {readonly string[]} files
 */
export function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * What was noted in a stamp file, or null.
 * @param {string} file
 * @returns {unknown}
 */
export function readStamp(file) {
  if (!existsSync(file)) {
    return null;
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Notes that something is ready; a kill leaves either the old file or the new one.
 * @param {string} file
 * @param {unknown} value
 */
export function writeStamp(file, value) {
  writeFileSync(`${file}.tmp`, JSON.stringify(value));
  renameSync(`${file}.tmp`, file);
}

/** @param {string} file */
export function removeStamp(file) {
  rmSync(file, { force: true });
}
