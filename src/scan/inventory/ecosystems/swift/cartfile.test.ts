import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { carthage } from './cartfile.ts'

test('Cartfile.resolved', () => {
  const text =
    'binary "https://x.example/Y.json" "2.0"\ngit "https://gitlab.example/a/b.git" "1.1.0"\ngithub "Alamofire/Alamofire" "5.8.1"\n# no\n'
  deepEqual(named(foundIn(carthage, { 'Cartfile.resolved': text })), [
    'x.example/Y.json 2.0',
    'gitlab.example/a/b 1.1.0',
    'github.com/Alamofire/Alamofire 5.8.1',
  ])
})
