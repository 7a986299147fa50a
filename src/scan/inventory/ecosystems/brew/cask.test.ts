import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { homebrewCask } from './cask.ts'

test('casks by their folders, each once', () => {
  const room = 'opt/homebrew/Caskroom'
  const found = foundIn(homebrewCask, {
    [`${room}/firefox/.metadata/124.0.1/20240401080000.123/Casks/firefox.json`]: '{}',
    [`${room}/firefox/124.0.1/firefox.wrapper.sh`]: '#!/bin/sh',
    [`${room}/android-platform-tools/35.0.1/platform-tools/source.properties`]: 'Pkg.Revision=35.0.1',
    [`${room}/docker/4.29.0,145265/Docker.app/Contents/Info.plist`]: '<plist/>',
    [`${room}/visual-studio-code/.metadata/1.88.1/20240401080000.123/Casks/visual-studio-code.rb`]: '',
  })
  deepEqual(named(found).sort(), [
    'android-platform-tools 35.0.1',
    'docker 4.29.0,145265',
    'firefox 124.0.1',
    'visual-studio-code 1.88.1',
  ])
  deepEqual(wants(homebrewCask, 'src/x/source.properties'), false)
})
