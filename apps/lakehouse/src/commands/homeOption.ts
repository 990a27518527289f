import { Option } from 'commander';

/** `--home`, on every command that reads or changes a lakehouse. */
export function homeOption(): Option {
  return new Option('--home <dir>', 'folder of the lakehouse (default: $LAKEHOUSE_HOME, else .lakehouse)');
}
