import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { zipOf } from '../../../../base/zip-testing.ts'
import { foundIn, wants } from '../../check-extractor.ts'
import { browserExtensions } from './manifest.ts'

const id = 'cjpalhdlnbpafiamejdnhcphjbkeiagm'
const manifest = JSON.stringify({
  manifest_version: 3,
  name: '__MSG_extName__',
  version: '1.52.2',
  default_locale: 'en',
})

test('extensions by the id of their folder or file', () => {
  const found = foundIn(browserExtensions, {
    [`root/.config/google-chrome/Default/Extensions/${id}/1.52.2_0/manifest.json`]: `\uFEFF${manifest}`,
    [`root/.config/microsoft-edge/Profile 1/Extensions/${id}/1_0/manifest.json`]:
      '{"manifest_version": 2, "version": "1.0.1"}',
    [`root/.config/chromium/Default/Extensions/${'a'.repeat(32)}/1_0/manifest.json`]:
      '{"start_url": "/", "version": "1"}',
    'root/.mozilla/firefox/x.default/extensions/uBlock0@raymondhill.net.xpi': zipOf({ 'manifest.json': manifest }),
  })
  deepEqual(
    found.map(({ type, name, version }) => [type, name, version]),
    [
      [undefined, id, '1.52.2'],
      [undefined, id, '1.0.1'],
      ['generic', 'uBlock0@raymondhill.net', '1.52.2'],
    ],
  )
})

test('manifests of something else', () => {
  deepEqual(wants(browserExtensions, 'app/Extensions/short/1/manifest.json'), false)
  deepEqual(wants(browserExtensions, 'app/manifest.json'), false)
})
