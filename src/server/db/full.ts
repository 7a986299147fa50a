/** Whether an error says that the disk is full: of the file system, of SQLite (SQLITE_FULL, and the SQLITE_IOERR codes of writing), of PostgreSQL (53100). */
export function isFull(error: unknown): boolean {
  const { errcode, code } = (error ?? {}) as { errcode?: number; code?: string }
  if (code === '53100' || code === 'ENOSPC') return true
  if (typeof errcode !== 'number') return false
  return (errcode & 0xff) === 13 || errcode === 778 || errcode === 1034 || errcode === 4874
}
