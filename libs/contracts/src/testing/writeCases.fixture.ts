import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { caseFiles } from './caseFiles.fixture.js';

// Run: node --conditions=@lakehouse/source --import tsx libs/contracts/src/testing/writeCases.fixture.ts
const folder = new URL('../../cases/', import.meta.url);
for (const [name, text] of Object.entries(caseFiles())) writeFileSync(fileURLToPath(new URL(name, folder)), text);
