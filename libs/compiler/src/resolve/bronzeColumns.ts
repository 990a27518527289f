/** Columns that ingestion adds to every bronze table; a silver model may read them, no source has to know them. */
export const bronzeColumns: readonly string[] = [
  '_batch_id',
  '_source_file',
  '_source_row',
  '_ingested_at',
  '_rescued',
];
