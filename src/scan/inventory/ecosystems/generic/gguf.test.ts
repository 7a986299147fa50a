import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { memoryFile } from '../../../image/content.ts'
import { foundIn } from '../../check-extractor.ts'
import { gguf } from './gguf.ts'

const u32 = (value: number) => Buffer.from(new Uint32Array([value]).buffer)
const u64 = (value: number) => Buffer.from(new BigUint64Array([BigInt(value)]).buffer)
const text = (value: string) => Buffer.concat([u64(value.length), Buffer.from(value)])
const key = (name: string, type: number, value: Buffer) => Buffer.concat([text(name), u32(type), value])
const model = (...keys: Buffer[]) => Buffer.concat([Buffer.from('GGUF'), u32(3), u64(1), u64(keys.length), ...keys])

test('a model by what it says of itself', () => {
  const bytes = model(
    key('general.architecture', 8, text('llama')),
    key('llama.context_length', 4, u32(4096)),
    key('tags', 9, Buffer.concat([u32(8), u64(2), text('a'), text('b')])),
    key('numbers', 9, Buffer.concat([u32(5), u64(3), Buffer.alloc(12)])),
    key('general.name', 8, text('TinyLlama Chat')),
    key('general.version', 8, text('v1.0')),
    key('general.license', 8, text('apache-2.0')),
  )
  deepEqual(foundIn(gguf, { 'models/x.gguf': bytes }), [
    { name: 'TinyLlama Chat', version: 'v1.0', licenses: ['apache-2.0'], extra: { architecture: 'llama' } },
  ])
})

test('a name from the file, something else, and hostile ones', () => {
  deepEqual(foundIn(gguf, { 'models/phi-2.Q4_K.gguf': model(key('a', 7, Buffer.alloc(1))) }), [
    { name: 'phi-2.Q4_K', version: '' },
  ])
  deepEqual(foundIn(gguf, { 'x.gguf': 'not one' }), [])
  deepEqual(foundIn(gguf, { 'x.gguf': model(key('a', 8, u64(2 ** 52))) }), [{ name: 'x', version: '' }])
  deepEqual(foundIn(gguf, { 'x.gguf': model(key('a', 9, Buffer.concat([u32(8), u64(2 ** 52)]))) }), [
    { name: 'x', version: '' },
  ])
  throws(() => foundIn(gguf, { 'x.gguf': model(key('a', 99, u32(1))) }))
})

test('a file that ends too early is told', () => {
  const problems: string[] = []
  const bytes = model(key('general.name', 8, text('m')), key('a', 8, text('long enough'))).subarray(0, -5)
  const found = gguf.parse(
    memoryFile({ path: 'm.gguf', size: bytes.length, mode: 0o644 }, bytes),
    code => void problems.push(code),
  )
  deepEqual([found?.[0]?.name, problems], ['m', ['truncated']])
})
