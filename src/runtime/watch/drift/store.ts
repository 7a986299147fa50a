import { statSync } from 'node:fs'
import { join } from 'node:path'
import { imageFile, readWhole, writeWhole } from '../files.ts'
import { createDriftList, type DriftList, exportDriftList, importDriftList } from './list.ts'

/** Lists by image, a file each; in memory once read. */
export interface DriftStore {
  /** The list of an image; an empty one that `put` keeps where there is none. */
  get(image: string, name: string): DriftList
  /** Marks a list as changed: the next `save` writes it. */
  put(list: DriftList): void
  /** Writes what changed, reads what somebody else wrote; answers the images whose list is another now. */
  save(): string[]
}

const maxText = 8 << 20
const maxLists = 1000

export function openDriftStore(folder: string, onFault: (what: string) => void): DriftStore {
  const lists = new Map<string, { list: DriftList; changed: number; dirty: boolean }>()
  const fileOf = (image: string): string | undefined => {
    const name = imageFile(image)
    return name === undefined ? undefined : join(folder, name)
  }
  return {
    get(image, name) {
      const known = lists.get(image)
      if (known) return known.list
      if (lists.size >= maxLists) lists.delete(lists.keys().next().value!)
      const file = fileOf(image)
      const list =
        (file === undefined ? undefined : readDriftList(file, image, onFault)) ?? createDriftList(image, name)
      lists.set(image, { list, changed: timeOf(file), dirty: false })
      return list
    },
    put(list) {
      const known = lists.get(list.image)
      if (known) known.dirty = true
    },
    save() {
      const others: string[] = []
      for (const [image, kept] of lists) {
        const file = fileOf(image)
        if (file === undefined) continue
        if (timeOf(file) !== kept.changed) {
          kept.list = readDriftList(file, image, onFault) ?? createDriftList(image, kept.list.name)
          kept.changed = timeOf(file)
          kept.dirty = false
          others.push(image)
        } else if (kept.dirty) {
          try {
            writeWhole(file, exportDriftList(kept.list))
            others.push(image)
            kept.dirty = false
          } catch (error) {
            // It is tried again: the list is still in memory.
            onFault(`${file}: ${error instanceof Error ? error.message : error}`)
          }
          kept.changed = timeOf(file)
        }
      }
      return others
    },
  }
}

/** A list as its file has it; undefined where there is none, or it is damaged, which is told. */
export function readDriftList(file: string, image: string, onFault: (what: string) => void): DriftList | undefined {
  const read = readWhole(file, maxText)
  if (read === undefined) return undefined
  const list = importDriftList(read.text)
  if (typeof list !== 'string' && list.image === image) return list
  onFault(`${file}: ${typeof list === 'string' ? list : 'of another image'}`)
  return undefined
}

function timeOf(file: string | undefined): number {
  try {
    return file === undefined ? 0 : statSync(file).mtimeMs
  } catch {
    return 0
  }
}
