/** What a rule sees of a line: `text` is Sigma's keyword search, the others are fields. JSON lines give their own fields too. */
export interface LogRecord {
  text: string
  stream: string
  container: string
  image: string
  [field: string]: string
}

export type LogTest = (record: LogRecord) => boolean
