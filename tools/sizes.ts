import { readFileSync } from 'node:fs'
import { listSources } from './sources.ts'

const ceiling = 500

/** Files over the ceiling of 500 lines, as problems. Test data and tables of data do not count. */
export function checkSizes(root: string): string[] {
  return listSources(root).flatMap(path => {
    const lines = readFileSync(`${root}/${path}`, 'utf8').split('\n').length
    return lines > ceiling ? [`${path} has ${lines} lines, more than ${ceiling}`] : []
  })
}
