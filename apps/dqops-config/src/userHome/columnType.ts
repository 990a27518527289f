/** How DQOps writes the type of a column. Its SQL for time compares the text, and knows only upper-case TIMESTAMP and DATE. */
export function columnType(sparkType: string): object {
  const decimal = /^decimal\((\d+),\s*(\d+)\)$/.exec(sparkType);
  if (decimal !== null) return { column_type: 'DECIMAL', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  return { column_type: sparkType.toUpperCase() };
}
